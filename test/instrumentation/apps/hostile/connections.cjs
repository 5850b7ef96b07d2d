/** Applications that take hold of the connection of a session, before or after `connect()` resolved. */
const { mock } = require('node:test');

const callsOf = (spy) => spy.mock.calls.map(({ arguments: [data] }) => typeof data);
/** What a session is made of that is no part of its types. */
const change = (connected, rest = {}) => ({ connected, ...rest });
const shown = ({ connection, note }) =>
  note(
    Object.getOwnPropertyNames(connection),
    Object.getOwnPropertyNames(Object.getPrototypeOf(connection)),
    typeof connection.send,
    connection.send.name,
    connection.send.length,
    String(connection.close),
  );
const prototypeOf = (connection) => Object.getPrototypeOf(connection);

exports.connections = {
  'look at the connection': change(shown),
  'wrap conn.send with a method': change(({ connection, note }) => {
    const { send } = connection;
    connection.send = function (message) {
      note('sending', Object.keys(JSON.parse(message)));
      return send.call(this, message);
    };
  }),
  'wrap conn.send and forget this': change(
    ({ connection }) => {
      const original = connection.send;
      connection.send = (message) => original(message);
    },
    { cutShort: true },
  ),
  'wrap conn.send bound': change(({ connection, note }) => {
    const original = connection.send.bind(connection);
    connection.send = (message) => {
      note('sending');
      return original(message);
    };
  }),
  'wrap conn.send twice': change(({ connection, note }) => {
    for (const layer of ['inner', 'outer']) {
      const original = connection.send;
      connection.send = function (...args) {
        note(layer);
        return original.apply(this, args);
      };
    }
  }),
  'spy on conn.send': change(
    ({ connection }) => {
      mock.method(connection, 'send');
    },
    { after: ({ connection, note }) => note(callsOf(connection.send)) },
  ),
  'spy on conn.send and restore it': change(({ connection, note }) => {
    const spy = mock.method(connection, 'send');
    connection.send('{"clientContent":{"turnComplete":false}}');
    spy.mock.restore();
    note(callsOf(spy), Object.getOwnPropertyNames(connection).includes('send'));
  }),
  'spy on conn.close': change(
    ({ connection }) => {
      mock.method(connection, 'close');
    },
    { after: ({ connection, note }) => note(connection.close.mock.callCount()) },
  ),
  'spy on the class of the connection': {
    connected({ connection }) {
      mock.method(prototypeOf(connection), 'send');
    },
    after({ connection, note }) {
      note(callsOf(prototypeOf(connection).send));
      prototypeOf(connection).send.mock.restore();
    },
  },
  'replace conn.send with a stub': change(
    ({ connection, note }) => {
      connection.send = (message) => note('stubbed', typeof message);
    },
    { cutShort: true },
  ),
  'replace conn.send with a promise': change(
    ({ connection, note }) => {
      connection.send = async () => note('later');
    },
    { cutShort: true },
  ),
  'replace conn.send with one that throws': change(
    ({ connection }) => {
      connection.send = () => {
        throw new RangeError('The queue is full.');
      };
    },
    { cutShort: true },
  ),
  'replace conn.send with no function': change(
    ({ connection }) => {
      connection.send = 'send';
    },
    { cutShort: true },
  ),
  'delete conn.send': change(({ connection, note }) => note(delete connection.send, 'send' in connection)),
  'delete conn.close': change(({ connection, note }) => note(delete connection.close, 'close' in connection)),
  'delete send from the class': change(
    ({ connection }) => {
      const prototype = prototypeOf(connection);
      const descriptor = Object.getOwnPropertyDescriptor(prototype, 'send');
      delete prototype.send;
      setImmediate(() => Object.defineProperty(prototype, 'send', descriptor));
    },
    { cutShort: true },
  ),
  'define conn.send as a getter': change(({ connection, note }) => {
    const { send } = connection;
    Object.defineProperty(connection, 'send', {
      get() {
        note('asked for send');
        return send;
      },
    });
  }),
  'define conn.send as not writable': change(({ connection, note }) => {
    const { send } = connection;
    Object.defineProperty(connection, 'send', { value: (message) => send.call(connection, message) });
    note(Object.getOwnPropertyDescriptor(connection, 'send').writable);
  }),
  'replace conn.close with a stub': change(
    ({ connection, note }) => {
      connection.close = () => note('not closed');
    },
    { cutShort: true },
  ),
  'replace conn.close with one that throws': change(
    ({ connection }) => {
      connection.close = () => {
        throw new Error('Not now.');
      };
    },
    { cutShort: true },
  ),
  'wrap conn.close': change(({ connection, note }) => {
    const { close } = connection;
    connection.close = function (...args) {
      note('closing', args.length);
      return close.apply(this, args);
    };
  }),
  'freeze conn': change(({ connection, note }) => note(Object.isFrozen(Object.freeze(connection)))),
  'seal conn': change(({ connection, note }) => note(Object.isSealed(Object.seal(connection)))),
  'prevent extensions of conn': change(({ connection, note }) => {
    Object.preventExtensions(connection);
    try {
      connection.send = () => {};
      note('assigned');
    } catch (error) {
      note(error.message);
    }
  }),
  'put a proxy in place of conn': change(({ session, note }) => {
    session.conn = new Proxy(session.conn, {
      get(target, property) {
        note('get', String(property));
        return Reflect.get(target, property);
      },
    });
  }),
  'put a derived object in place of conn': change(({ session }) => {
    session.conn = Object.create(session.conn);
  }),
  'put a forwarder in place of conn': change(({ session, connection, note }) => {
    session.conn = {
      send(message) {
        note('forwarded');
        connection.send(message);
      },
      close: () => connection.close(),
    };
  }),
  'take conn away': change(
    ({ session }) => {
      session.conn = undefined;
    },
    { cutShort: true },
  ),
  'delete conn': change(({ session, note }) => note(delete session.conn), { cutShort: true }),
  'change the class of conn': change(({ connection, note }) => {
    const prototype = prototypeOf(connection);
    Object.setPrototypeOf(connection, {
      send(message) {
        note('own class');
        return prototype.send.call(this, message);
      },
      close: prototype.close,
    });
  }),
  'replace conn.ws': change(
    ({ connection, note }) => {
      connection.ws = {
        send: (message) => note('other socket', typeof message),
        close: () => note('other close'),
      };
    },
    { cutShort: true },
  ),
  'spy on conn.ws.send': change(
    ({ connection }) => {
      mock.method(connection.ws, 'send');
    },
    { after: ({ connection, note }) => note(callsOf(connection.ws.send)) },
  ),
  'replace conn.ws.close with a stub': change(
    ({ connection, note }) => {
      connection.ws.close = (...args) => note('not closed', args.length);
    },
    { cutShort: true },
  ),
  'send through conn.ws': change(({ connection }) => {
    connection.ws.send(JSON.stringify({ clientContent: { turnComplete: false } }), { binary: false });
  }),
  'send bytes through conn.ws': change(({ connection, note }) =>
    connection.ws.send(Buffer.from('{"clientContent":{"turnComplete":false}}'), (error) =>
      note('written', error),
    ),
  ),
  'wrap conn.ws.onmessage': change(({ connection, note }) => {
    const { onmessage } = connection.ws;
    connection.ws.onmessage = (event) => {
      note('heard', typeof event.data);
      return onmessage(event);
    };
  }),
  'listen beside the session': change(({ connection, note }) => {
    connection.ws.on('message', (_data, isBinary) => note('beside', isBinary));
    connection.ws.addEventListener('close', (event) => note('closed beside', event.code));
  }),
  'replace conn.callbacks': change(({ connection, note }) => {
    note(Object.keys(connection.callbacks));
    connection.callbacks = { onmessage: () => note('never') };
  }),
  'freeze conn.callbacks': change(({ connection }) => {
    Object.freeze(connection.callbacks);
  }),
  'close twice': change(
    ({ session }) => {
      session.close();
      session.close();
    },
    { cutShort: true },
  ),
  'freeze the session': change(({ session, note }) => note(Object.isFrozen(Object.freeze(session)))),
  'seal the session': change(({ session }) => {
    Object.seal(session);
  }),
  'spy on session.sendToolResponse': change(
    ({ session }) => {
      mock.method(session, 'sendToolResponse');
    },
    { after: ({ session, note }) => note(session.sendToolResponse.mock.callCount()) },
  ),
  'replace session.close': change(({ session, note }) => {
    const { close } = session;
    session.close = function () {
      note('own close');
      return close.call(this);
    };
  }),
  'use a proxy of the session': change(({ session, note }) => {
    const proxy = new Proxy(session, { get: (target, property) => Reflect.get(target, property) });
    proxy.sendClientContent({ turns: 'Hello.', turnComplete: false });
    note(proxy.conn === session.conn);
  }),
  'wrap the class Session': {
    connected({ session, note }) {
      const { sendClientContent } = prototypeOf(session);
      prototypeOf(session).sendClientContent = function (params) {
        note('own class');
        return sendClientContent.call(this, params);
      };
      this.restore = () => {
        prototypeOf(session).sendClientContent = sendClientContent;
      };
    },
    after() {
      this.restore();
    },
  },
  'send what is no JSON': change(
    ({ session, attempt }) => {
      const cyclic = {};
      cyclic.self = cyclic;
      attempt('cyclic', () => session.sendClientContent({ turns: [{ role: 'user', parts: [cyclic] }] }));
      attempt('bigint', () =>
        session.sendToolResponse({ functionResponses: { name: 'a', response: { n: 1n } } }),
      );
    },
    { cutShort: true },
  ),
};

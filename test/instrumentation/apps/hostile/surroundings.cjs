/** Applications that change what is around the client: Node's globals, its timers, what errors and objects look like. */
const { AsyncLocalStorage } = require('node:async_hooks');
const domain = require('node:domain');
const { mock } = require('node:test');
const { inspect } = require('node:util');
const sdk = require(process.env.SDK);

/** Puts `value` in place of a property while the session lasts. */
const patched = (object, property, make, rest = {}) => {
  let own;
  return {
    ...rest,
    before(stage) {
      own = Object.getOwnPropertyDescriptor(object, property);
      Object.defineProperty(object, property, {
        configurable: true,
        writable: true,
        value: make(own?.value, stage),
      });
    },
    finally() {
      if (own === undefined) delete object[property];
      else Object.defineProperty(object, property, own);
    },
  };
};
/** Looks at the open session. */
const look = (at) => ({ connected: (stage) => at(stage) });

exports.surroundings = {
  'inspect the session': look(({ session, note }) =>
    note(inspect(session, { depth: 0, showHidden: true }).slice(0, 60)),
  ),
  'clone the session': look(({ session, note }) => {
    try {
      note(structuredClone(session));
    } catch (error) {
      // Its message quotes the function that cannot be cloned.
      note(error.name);
    }
  }),
  'write the session as JSON': look(({ session, attempt, note }) =>
    attempt('stringify', () => {
      const { conn } = JSON.parse(JSON.stringify(session));
      note(Object.keys(conn), Object.keys(conn.ws ?? {}));
      return conn;
    }),
  ),
  'list what the session has': look(({ session, connection, socket, ai, note }) => {
    for (const object of [session, connection, ai.live, sdk.Session.prototype, sdk.Live.prototype])
      note(
        Reflect.ownKeys(object).map((key) => {
          const { enumerable, writable, value } = Object.getOwnPropertyDescriptor(object, key);
          return [key, enumerable, writable, typeof value];
        }),
      );
    note(socket.eventNames(), socket.listenerCount('close'));
    note(ai.live.connect.name, ai.live.connect.length, Object.keys(ai.live.connect));
  }),
  'subclass Session': look(({ session, note }) => {
    class Own extends sdk.Session {
      sendClientContent(content) {
        note('own send');
        return super.sendClientContent(content);
      }
    }
    Object.setPrototypeOf(session, Own.prototype);
    note(session instanceof sdk.Session, new Own(session.conn, undefined).constructor.name);
  }),
  'put a proxy in place of ai.live': {
    before({ ai }) {
      Object.defineProperty(ai, 'live', { value: new Proxy(ai.live, {}) });
    },
  },
  'freeze the global WebSocket': { before: () => void Object.freeze(globalThis.WebSocket) },
  'fake timers': {
    connected({ note }) {
      mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate'] });
      mock.timers.tick(86_400_000);
      mock.timers.reset();
      note('a day has passed');
    },
  },
  'fake timers and clock from before connect()': {
    before() {
      mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
    },
    connected({ note }) {
      mock.timers.tick(86_400_000);
      note('a day has passed', Date.now());
    },
    finally: () => mock.timers.reset(),
  },
  'stop the clock': patched(Date, 'now', () => () => 0),
  'have a clock that throws': patched(performance, 'now', () => () => {
    throw new Error('No clock.');
  }),
  'have an id maker that throws': patched(Math, 'random', () => () => {
    throw new Error('No luck.');
  }),
  'patch JSON.parse': patched(
    JSON,
    'parse',
    (own) =>
      function parse(...args) {
        return Object.freeze(own.apply(this, args));
      },
  ),
  'patch JSON.stringify': patched(
    JSON,
    'stringify',
    (own) =>
      function stringify(...args) {
        if (this !== JSON) throw new TypeError('Called without JSON.');
        return own.apply(this, args);
      },
  ),
  'own stack traces': patched(Error, 'prepareStackTrace', () => () => {
    throw new RangeError('No trace.');
  }),
  'stack traces of no length': patched(Error, 'stackTraceLimit', () => 0),
  'add to every object': patched(Object.prototype, 'polluted', () => 'yes', {
    connected: ({ session, note }) => note(session.polluted),
  }),
  'run in a domain': {
    connect: ({ ai, params, note }) =>
      new Promise((resolve, reject) => {
        const own = domain.create();
        own.on('error', (error) => note('domain', error.message));
        own.run(() => ai.live.connect(params).then(resolve, reject));
      }),
  },
  'keep a store for callbacks': (() => {
    const storage = new AsyncLocalStorage();
    return {
      connect({ ai, params, note }) {
        const { onmessage } = params.callbacks;
        const callbacks = {
          ...params.callbacks,
          onmessage(message) {
            note('store', storage.getStore());
            onmessage(message);
          },
        };
        return storage.run('of connect()', () => ai.live.connect({ ...params, callbacks }));
      },
      connected({ session, note }) {
        // Nothing that the service answers: what was said twice may be answered in either order.
        storage.run('of a call', () => session.sendRealtimeInput({ audioStreamEnd: true }));
        note(storage.getStore());
      },
    };
  })(),
  'patch EventEmitter': patched(
    require('node:events').prototype,
    'emit',
    (own) =>
      function emit(...args) {
        return own.apply(this, args);
      },
  ),
  'patch then()': patched(
    Promise.prototype,
    'then',
    (own) =>
      function then(...args) {
        return own.apply(this, args);
      },
  ),
  'look at what keeps the process alive': look(({ note }) =>
    note(process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|Message|Worker/.test(name))),
  ),
};

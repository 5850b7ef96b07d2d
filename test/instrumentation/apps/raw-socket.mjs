// A client without any library: a setup, one turn with a tool call, and the end, on the socket that SOCKET names. Writes
// down all it sees, which must not depend on whether it is watched.
const { SOCKET: kind, URL_BASE: base } = process.env;
const lines = [];
const write = (...line) => lines.push(JSON.stringify(line));
const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
const url = `${base.replace(/^http/, 'ws')}${process.env.URL_PATH ?? path}?key=SECRETKEY`;
const ws = kind.startsWith('ws') ? (await import('ws')).default : undefined;
const Class = ws ?? globalThis.WebSocket;
class Own extends Class {}

const socket = kind.endsWith('subclass') ? new Own(url) : new Class(url);
if (kind === 'global-arraybuffer') socket.binaryType = 'arraybuffer';
write(
  'made',
  socket instanceof Class,
  socket.constructor === Class,
  Object.keys(socket).includes('emit'),
  Class.name,
  Class.length,
  Class.OPEN,
);
if (ws) write('listeners', socket.listenerCount('message'), socket.eventNames().length);

const textOf = async (data) => {
  if (typeof data === 'string') return data;
  return Buffer.from(data instanceof Blob ? await data.arrayBuffer() : data).toString();
};
const send = (message) => socket.send(JSON.stringify(message));
let reading = Promise.resolve();
const onMessage = (data) => {
  reading = reading.then(async () => {
    const message = JSON.parse(await textOf(data));
    write(
      'message',
      Object.keys(message).filter((key) => key !== 'usageMetadata'),
    );
    if (message.setupComplete) {
      send({
        clientContent: {
          turns: [{ role: 'user', parts: [{ text: 'What is the weather?' }] }],
          turnComplete: true,
        },
      });
    }
    for (const { id, name } of message.toolCall?.functionCalls ?? []) {
      send({ toolResponse: { functionResponses: [{ id, name, response: { output: 'sunny' } }] } });
    }
    if (message.serverContent?.turnComplete) socket.close(1000, 'bye');
  });
};
const setup = { setup: { model: 'models/m', tools: [{ functionDeclarations: [{ name: 'get_weather' }] }] } };
const done = (code, reason) => {
  write('close', code, reason);
  process.on('exit', () => process.stdout.write(`${lines.join('\n')}\n`));
};
if (ws) {
  socket.on('open', () => send(setup));
  socket.on('message', onMessage);
  socket.on('error', (error) => write('error', error.message));
  socket.on('close', (code, reason) => done(code, String(reason)));
} else {
  socket.onopen = () => send(setup);
  socket.onmessage = ({ data }) => onMessage(data);
  socket.onerror = ({ message }) => write('error', message);
  socket.onclose = ({ code, reason }) => done(code, reason);
}

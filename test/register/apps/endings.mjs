/** Opens SESSIONS sessions, says `ready`, and ends as ENDING says. */
import { GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
let onClose = () => {};
const callbacks = { onmessage() {}, onclose: () => onClose(), onerror() {} };
const sessions = [];
for (let left = Number(process.env.SESSIONS); left > 0; left -= 100) {
  const connects = Array.from({ length: Math.min(100, left) }, () =>
    ai.live.connect({ model: 'gemini-test', callbacks }),
  );
  sessions.push(...(await Promise.all(connects)));
}

const fail = () => {
  throw new Error('of the application');
};
const keepAlive = () => setInterval(() => {}, 60_000);
const closeAll = () => {
  for (const session of sessions) session.close();
};
/** Open sockets keep the event loop alive no longer. */
const letGo = () => {
  for (const handle of process._getActiveHandles()) if (!handle.fd) handle.unref?.();
};

/** What has to be in place before anybody hears of `ready`. */
const preparations = {
  wait: keepAlive,
  exit_on_signal() {
    keepAlive();
    process.on('SIGTERM', () => process.exit(8));
  },
  close_on_signal() {
    const alive = keepAlive();
    process.on('SIGINT', () => {
      clearInterval(alive);
      closeAll();
    });
  },
  /** As signal-exit does. */
  raise_again() {
    keepAlive();
    const listener = () => {
      process.removeListener('SIGTERM', listener);
      process.kill(process.pid, 'SIGTERM');
    };
    process.on('SIGTERM', listener);
  },
  service_closes_and_exit() {
    onClose = () => setImmediate(() => process.exit(7));
  },
};
const endings = {
  exit: () => process.exit(3),
  exit_in_exit() {
    process.on('exit', () => process.exit(5));
    process.exit(3);
  },
  exit_before_exit() {
    process.on('beforeExit', () => process.exit(4));
    letGo();
  },
  idle: letGo,
  idle_with_code() {
    process.exitCode = 6;
    letGo();
  },
  never_settles() {
    letGo();
    return new Promise(() => {});
  },
  close_and_idle: closeAll,
  close_and_exit() {
    closeAll();
    process.exit(0);
  },
  async flush_and_exit() {
    const { flush } = await import('live-otel');
    closeAll();
    await flush();
    process.exit(0);
  },
  throw: () => setImmediate(fail),
  throw_at_top_level: fail,
  throw_caught() {
    process.on('uncaughtException', () => process.exit(9));
    setImmediate(fail);
  },
  reject: () => setImmediate(() => void Promise.reject(new Error('of the application'))),
};

const { ENDING } = process.env;
preparations[ENDING]?.();
process.stdout.write('ready\n');
await endings[ENDING]?.();

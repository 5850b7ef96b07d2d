/**
 * An application that talks to the service as its plan says, in the way applications do: `@google/genai`, no telemetry
 * of its own. It writes a line of JSON for each session that is over, and stays until its standard input ends.
 *
 *   node --require live-otel/register agent.mjs '{"parts":[{"url":"http://…","sessions":3}]}'
 *
 * A part of the plan: `sessions` of them (1), `parallel` at once (4), each started `everyMs` (0) after the one before;
 * `turns` (1) until it hangs up; tools are answered after `answerAfterMs` (0) with `answerBytes` (20) of `letter` (x), or with an error (`fails`);
 * `audio`: sends 20 ms of silence each 20 ms; `traceIds`: one a session, its answers to tools; `hangUpAfterMs`: closes the session then, whatever happens;
 * `resumes`: connects again with the last handle that often (0) when the service ended the session.
 */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { GoogleGenAI } from '@google/genai';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';

const plan = JSON.parse(process.argv[2]);
const hello = { turns: [{ role: 'user', parts: [{ text: 'Hello' }] }], turnComplete: true };
const functionDeclarations = ['get_weather', 'get_time', 'book_table'].map((name) => ({ name }));
const silence = Buffer.alloc(640).toString('base64');
const loop = monitorEventLoopDelay({ resolution: 5 });
const sends = [];
let largestRss = 0;

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function converse(part, index, handle, resumes = part.resumes ?? 0) {
  const {
    url,
    model = 'gemini-live-2.5-flash-preview',
    turns = 1,
    answerAfterMs = 0,
    vertexai = false,
  } = part;
  const ai = new GoogleGenAI({ apiKey: 'test', vertexai, httpOptions: { baseUrl: url } });
  const over = Promise.withResolvers();
  const traceId = part.traceIds?.[index];
  let left = turns;
  // A 2.x model ends its turn with a tool call: the answer is a turn of its own.
  let owesAnswer = false;
  let session;
  let microphone;
  const answer = async (calls) => {
    if (answerAfterMs > 0) await sleep(answerAfterMs);
    const result = traceId ?? (part.letter ?? 'x').repeat(part.answerBytes ?? 20);
    const response = part.fails ? { error: 'The tool failed.' } : { result };
    session.sendToolResponse({
      functionResponses: calls.map(({ id, name }) => ({ id: part.wrongId ?? id, name, response })),
    });
  };
  const parent =
    traceId && trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '00000000000000aa', traceFlags: 1 });
  const connect = (options) => context.with(parent ?? context.active(), () => ai.live.connect(options));
  session = await connect({
    model,
    config: {
      responseModalities: ['AUDIO'],
      tools: [{ functionDeclarations }],
      ...(part.resumes && { sessionResumption: handle ? { handle } : {} }),
    },
    callbacks: {
      onmessage(message) {
        handle = message.sessionResumptionUpdate?.newHandle ?? handle;
        const calls = message.toolCall?.functionCalls ?? [];
        if (message.serverContent?.modelTurn) owesAnswer = false;
        if (calls.length > 0) {
          owesAnswer = true;
          void answer(calls);
        }
        if (message.serverContent?.turnComplete !== true || owesAnswer) return;
        left -= 1;
        if (left > 0) session.sendClientContent(hello);
        else session.close();
      },
      onclose({ code, reason }) {
        clearInterval(microphone);
        over.resolve({ code, reason });
      },
      onerror() {},
    },
  });
  session.sendClientContent(hello);
  if (part.audio) {
    microphone = setInterval(() => {
      const startedAt = performance.now();
      session.sendRealtimeInput({ audio: { data: silence, mimeType: 'audio/pcm;rate=16000' } });
      sends.push(performance.now() - startedAt);
    }, 20);
  }
  if (part.hangUpAfterMs !== undefined) setTimeout(() => session.close(), part.hangUpAfterMs);
  const end = await over.promise;
  write({ part: plan.parts.indexOf(part), session: index, ...end, at: Date.now() });
  if (left > 0 && handle && resumes > 0) await converse(part, index, handle, resumes - 1);
}

async function play(part) {
  const { sessions = 1, parallel = 4, everyMs = 0 } = part;
  let next = 0;
  const lane = async () => {
    while (next < sessions) {
      const index = next++;
      await sleep(Math.max(0, index * everyMs - (performance.now() - startedAt)));
      await converse(part, index).catch(({ message }) =>
        write({ part: plan.parts.indexOf(part), failed: message }),
      );
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Math.min(parallel, sessions) }, lane));
}

const ended = new Promise((resolve) => process.stdin.resume().once('end', resolve));
const memory = setInterval(() => {
  largestRss = Math.max(largestRss, process.memoryUsage.rss());
}, 100);
loop.enable();
await Promise.all(plan.parts.map(play));
loop.disable();
sends.sort((a, b) => a - b);
const at = (share) => sends[Math.floor((sends.length - 1) * share)] ?? 0;
write({
  done: true,
  sends: sends.length,
  sendMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
  loopMs: { p50: loop.percentile(50) / 1e6, p99: loop.percentile(99) / 1e6, max: loop.max / 1e6 },
  largestRss,
});
await ended;
clearInterval(memory);

// A session of the Live API in a page, recorded. Bundle it with what bundles your application, and serve it with index.html;
// README.md has the lines for one.
import * as genai from '@google/genai/web';
import { LiveInstrumentation, onClosure, onStall } from 'live-otel/browser';

const given = new URLSearchParams(location.search);

const live = new LiveInstrumentation({
  // Your Collector, or a path of your own server that passes it on. Leave `otlp` out where the page has an OpenTelemetry SDK.
  otlp: { url: given.get('otlp') ?? '/v1/traces', serviceName: 'browser-example' },
});
live.instrument(genai);
onClosure(({ code, cause, retry }) =>
  say(`Ended: ${code ?? 'no code'}, ${cause}. Connect again: ${retry.when}.`),
);
onStall(({ kind, cause }) => say(`Silent: ${kind}, ${cause}.`));

// In production an ephemeral token that your server makes; the simulator takes anything.
const ai = new genai.GoogleGenAI({
  apiKey: given.get('token') ?? 'auth_tokens/of-your-server',
  apiVersion: 'v1alpha',
  ...(given.has('simulator') && { httpOptions: { baseUrl: given.get('simulator') } }),
});
let session;
// A 2.x model ends its turn with a tool call: the answer is a turn of its own.
let owesAnswer = false;

on('connect', async () => {
  session = await ai.live.connect({
    model: 'gemini-live-2.5-flash-preview',
    config: {
      responseModalities: ['AUDIO'],
      tools: [{ functionDeclarations: [{ name: 'get_weather' }] }],
    },
    callbacks: { onmessage, onclose: () => enable('connect') },
  });
  say('Connected.');
  enable('ask', 'close');
});
on('ask', () => session.sendClientContent({ turns: 'What is the weather?', turnComplete: true }));
on('close', () => session.close());

function onmessage({ toolCall, serverContent }) {
  if (serverContent?.modelTurn) owesAnswer = false;
  for (const { id, name } of toolCall?.functionCalls ?? []) {
    owesAnswer = true;
    session.sendToolResponse({ functionResponses: [{ id, name, response: { output: 'sunny' } }] });
  }
  if (serverContent?.turnComplete && !owesAnswer) say('Answered.');
}

function on(button, work) {
  document.getElementById(button).addEventListener('click', work);
}

function enable(...names) {
  for (const button of document.querySelectorAll('button')) button.disabled = !names.includes(button.id);
}

function say(line) {
  document.getElementById('log').append(Object.assign(document.createElement('li'), { textContent: line }));
}

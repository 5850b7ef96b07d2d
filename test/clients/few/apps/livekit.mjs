// The realtime session of the plugin, driven as an agent's session drives it; there is no LiveKit room here.
import { initializeLogger, llm } from '@livekit/agents';
import * as google from '@livekit/agents-plugin-google';

initializeLogger({ pretty: false, level: 'silent' });
const lines = [];
const model = new google.realtime.RealtimeModel({
  model: 'gemini-2.5-flash-native-audio-preview-12-2025',
  apiKey: 'SECRETKEY',
  httpOptions: { baseUrl: process.env.URL_BASE },
});
const session = model.session();
session.on('error', ({ error }) => lines.push(`error ${error?.message}`));
await session.updateTools(
  new llm.ToolContext([
    llm.tool({
      name: 'get_weather',
      description: 'The weather',
      parameters: { type: 'object', properties: {} },
      execute: async () => 'sunny',
    }),
  ]),
);

/** Reads a generation to its end, and answers what it calls. */
async function follow({ functionStream, messageStream }) {
  const chatCtx = session.chatCtx;
  const before = chatCtx.items.length;
  for await (const { name, callId, args } of functionStream) {
    lines.push(`call ${name}`);
    chatCtx.items.push(
      llm.FunctionCall.create({ name, callId, args }),
      llm.FunctionCallOutput.create({ name, callId, output: 'sunny', isError: false }),
    );
  }
  if (chatCtx.items.length > before) return await session.updateChatCtx(chatCtx);
  let frames = 0;
  for await (const { audioStream } of messageStream) for await (const _frame of audioStream) frames += 1;
  // The end of the turn that a call ends is an empty generation to the plugin; the answer is the next one.
  if (frames === 0) return undefined;
  lines.push('turn complete');
  await session.close();
  console.log(lines.join(', '));
  process.exit(0);
}
session.on('generation_created', follow);
await session.generateReply('What is the weather?');

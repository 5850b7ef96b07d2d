import { FunctionTool, Gemini, InMemoryRunner, LiveRequestQueue, LlmAgent } from '@google/adk';
import { z } from 'zod';

const lines = [];
const get_weather = new FunctionTool({
  name: 'get_weather',
  description: 'The weather',
  parameters: z.object({}),
  execute: async () => {
    lines.push('call get_weather');
    return { output: 'sunny' };
  },
});
process.env.GOOGLE_GEMINI_BASE_URL = process.env.URL_BASE;
const agent = new LlmAgent({
  name: 'agent',
  model: new Gemini({ model: 'gemini-2.5-flash-native-audio-preview-12-2025', apiKey: 'SECRETKEY' }),
  tools: [get_weather],
});
const runner = new InMemoryRunner({ agent, appName: 'app' });
const session = await runner.sessionService.createSession({ appName: 'app', userId: 'u' });
const liveRequestQueue = new LiveRequestQueue();
liveRequestQueue.sendContent({ role: 'user', parts: [{ text: 'What is the weather?' }] });
let turns = 0;
for await (const event of runner.runLive({ userId: 'u', sessionId: session.id, liveRequestQueue })) {
  if (event.turnComplete) turns += 1;
  // The first ends with the call.
  if (turns === 2) {
    lines.push('turn complete');
    break;
  }
}
liveRequestQueue.close();
console.log(lines.join(', '));

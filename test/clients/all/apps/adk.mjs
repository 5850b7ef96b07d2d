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
// The turn of a 2.x model ends with the call, that of a 3.x model after the answer.
const { MODEL: model, TURNS } = process.env;
process.env.GOOGLE_GEMINI_BASE_URL = process.env.URL_BASE;
const agent = new LlmAgent({
  name: 'agent',
  model: new Gemini({ model, apiKey: 'SECRETKEY' }),
  tools: [get_weather],
});
const runner = new InMemoryRunner({ agent, appName: 'app' });
const session = await runner.sessionService.createSession({ appName: 'app', userId: 'u' });
const liveRequestQueue = new LiveRequestQueue();
liveRequestQueue.sendContent({ role: 'user', parts: [{ text: 'What is the weather?' }] });
let turns = 0;
for await (const event of runner.runLive({ userId: 'u', sessionId: session.id, liveRequestQueue })) {
  if (event.turnComplete) turns += 1;
  if (turns === Number(TURNS)) {
    lines.push('turn complete');
    break;
  }
}
liveRequestQueue.close();
console.log(lines.join(', '));

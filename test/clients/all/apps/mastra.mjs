import { createTool } from '@mastra/core/tools';
import { GeminiLiveVoice } from '@mastra/voice-google-gemini-live';
import { z } from 'zod';

const lines = [];
const voice = new GeminiLiveVoice({ apiKey: 'SECRETKEY', model: 'm' });
voice.addTools({
  get_weather: createTool({
    id: 'get_weather',
    description: 'The weather',
    inputSchema: z.object({}),
    execute: async () => {
      lines.push('call get_weather');
      return { output: 'sunny' };
    },
  }),
});
const done = new Promise((resolve) => voice.on('turnComplete', resolve));
voice.on('error', ({ message }) => lines.push(`error ${message}`));
await voice.connect();
await voice.speak('What is the weather?');
await done;
lines.push('turn complete');
await voice.disconnect();
console.log(lines.join(', '));
// A timer of the voice keeps the process alive.
process.exit(0);

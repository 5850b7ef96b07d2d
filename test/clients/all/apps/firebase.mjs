import { GoogleAIBackend, getAI, getLiveGenerativeModel } from 'firebase/ai';
import { initializeApp } from 'firebase/app';

const lines = [];
const app = initializeApp({ apiKey: 'SECRETKEY', projectId: 'p', appId: '1:1:web:1' });
const model = getLiveGenerativeModel(getAI(app, { backend: new GoogleAIBackend() }), {
  model: 'm',
  tools: [{ functionDeclarations: [{ name: 'get_weather', description: '' }] }],
});
const session = await model.connect();
await session.send('What is the weather?');
for await (const message of session.receive()) {
  if (message.type === 'toolCall') {
    for (const { id, name } of message.functionCalls) {
      lines.push(`call ${name}`);
      await session.sendFunctionResponses([{ id, name, response: { output: 'sunny' } }]);
    }
  }
  if (message.turnComplete) {
    lines.push('turn complete');
    break;
  }
}
await session.close();
console.log(lines.join(', '));

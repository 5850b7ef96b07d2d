// An application's own SDK. It says what it got when the process ends.
import { NodeSDK } from '@opentelemetry/sdk-node';
import { LiveInstrumentation } from 'live-otel';

const names = [];
const processor = {
  onStart() {},
  onEnd: ({ name }) => names.push(name),
  forceFlush: async () => {},
  shutdown: async () => {},
};
new NodeSDK({ spanProcessors: [processor], instrumentations: [new LiveInstrumentation()] }).start();
process.on('exit', () => console.log(names.sort().join(' | ')));

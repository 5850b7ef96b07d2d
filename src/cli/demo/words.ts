/** What the demo says around the report. */

import { percent } from '../../analysis/words.ts';
import { wrap } from '../../report/render/text/cells.ts';
import { acts, guestsOf } from './acts.ts';
import { planted } from './faulty-service.ts';

const columns = 100;
const paces = [...new Set(acts.map(({ timeScale }) => timeScale))].map((scale) => {
  const names = acts.filter(({ timeScale }) => timeScale === scale).map(({ name }) => `the ${name}`);
  return `${scale} times in ${names.join(' and ')}`;
});
const pace = paces.join(', ');

/** Says where the telemetry goes, and that it is a play. */
export function opening(destination: string): string {
  const guests = acts.reduce((sum, act) => sum + guestsOf(act), 0);
  return block([
    `${guests} guests call the voice agent of a restaurant (examples/voice-agent). The guests and the Live API are simulated, and some of the sessions are made to die. Simulated time runs faster than the clock, which the report shows: ${pace}. Telemetry goes to ${destination}.`,
    '',
  ]);
}

/** What the reader may hold against the report, which knows nothing of it. */
export function whatWasPlanted(): string {
  const { largeBytes, large, small, lost } = planted;
  return block([
    '',
    `Planted, and unknown to the report that follows: in the two evenings a tool response of ${largeBytes / 1024} KB and more ended its session with 1011 with a chance of ${percent(large)}, a smaller one with ${percent(small)}, whatever its tool and encoding and however many guests were there; ${percent(lost)} of the calls lost their connection. In the short and the long calls nearly every guest met another fault, so that each kind is seen once.`,
    '',
  ]);
}

/** Ends the demo. */
export function nextStep(page: string): string {
  return `${block(['', `The same as a page, to open in a browser: ${page}`])}
Your own service:  npm install live-otel @opentelemetry/api
                   node --require live-otel/register app.js
                   npx live-otel report
`;
}

function block(paragraphs: readonly string[]): string {
  return paragraphs
    .flatMap((text) => (text === '' ? [''] : wrap(text, columns)))
    .join('\n')
    .concat('\n');
}

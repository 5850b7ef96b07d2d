/** What the demo says around the report. */
import { acts } from './acts.ts';

const pace = acts.map(({ name, timeScale }) => `${timeScale} times in the ${name}`).join(', ');

/** Says where the telemetry goes, and that it is a play. */
export function opening(destination: string): string {
  const guests = acts.reduce((sum, { agent }) => sum + (agent.conversations ?? 0), 0);
  return `\
${guests} guests call the voice agent of a restaurant (examples/voice-agent). The guests and the Live API are
simulated, and some of the sessions are made to die. Simulated time runs faster than the clock:
${pace}. Telemetry goes to ${destination}.

`;
}

/** Ends the demo. */
export const nextStep = `
The report shows clock time. Simulated time ran faster: ${pace}.

Your own service:  npm install live-otel @opentelemetry/api
                   node --require live-otel/register app.js
                   npx live-otel report
`;

import type { TurnOutcome } from '../conventions/vocabulary.ts';

/** One message as the semantic conventions write `gen_ai.input.messages`. */
export function inputMessages(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }]);
}

/** One message as the semantic conventions write `gen_ai.output.messages`. */
export function outputMessages(
  text: string | undefined,
  outcome: TurnOutcome | undefined,
): string | undefined {
  if (text === undefined) return undefined;
  const finishReason = outcome === 'complete' ? 'stop' : (outcome ?? 'closure');
  return JSON.stringify([
    { role: 'assistant', parts: [{ type: 'text', content: text }], finish_reason: finishReason },
  ]);
}

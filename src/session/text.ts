import type { Turn } from './model.ts';
import type { SessionState } from './state.ts';

/** Characters of captured text kept for each side of a turn. */
export const maxTextCharacters = 65_536;

/** Adds captured text to a turn, up to {@link maxTextCharacters}. */
export function appendText(turn: Turn, side: 'inputText' | 'outputText', text: string | undefined): void {
  if (text !== undefined && text !== '') turn[side] = join(turn[side], text);
}

/** Keeps what the user said for the turn it will belong to. */
export function keepText({ turns, options }: SessionState, text: string | undefined): void {
  if (options.captureContent && text !== undefined) turns.inputText = join(turns.inputText, text);
}

/** Hands what was kept to its turn. */
export function giveText({ turns }: SessionState, turn: Turn): void {
  appendText(turn, 'inputText', turns.inputText);
  turns.inputText = '';
}

function join(before: string | undefined, text: string): string {
  return `${before ?? ''}${text}`.slice(0, maxTextCharacters);
}

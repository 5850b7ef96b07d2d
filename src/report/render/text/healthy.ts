/** How the sessions did that nothing went wrong in: latency and tokens. Pure. */
import { count, counted } from '../../../conventions/words.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import type { Report } from '../../report.ts';
import { heading, paragraph } from './block.ts';
import type { Pen } from './style.ts';
import { firstAudioTable } from './tools.ts';

export function renderHealth({ firstAudio, sessions, totals }: Report, pen: Pen): readonly string[] {
  const tokens = tokensOf(sessions);
  const of = sessions.length < totals.sessions ? `of ${counted(sessions.length, 'session')} of these` : '';
  const said = `Tokens ${of}: ${count(tokens.input)} in, ${count(tokens.output)} out.`.replace(' :', ':');
  const lines = [
    ...firstAudioTable(firstAudio, pen),
    ...(tokens.input + tokens.output > 0 ? paragraph(said, pen) : []),
  ];
  return lines.length === 0 ? [] : [...heading('HOW THEY DID', pen), ...lines];
}

function tokensOf(sessions: readonly LiveSession[]): { readonly input: number; readonly output: number } {
  const sum = (name: 'gen_ai.usage.input_tokens' | 'gen_ai.usage.output_tokens') =>
    sessions.reduce((total, { attributes }) => total + (attributes[name] ?? 0), 0);
  return { input: sum('gen_ai.usage.input_tokens'), output: sum('gen_ai.usage.output_tokens') };
}

/** The unexpected ends by cause, each with what its most telling session says. Pure. */
import type { Confidence, Hypothesis, Retry } from '../conventions/vocabulary.ts';
import { causeById } from '../diagnosis/catalogue/catalogue.ts';
import { whyRetry } from '../diagnosis/retry.ts';
import type { LiveSession } from './read/sessions/model.ts';
import type { Report } from './report.ts';

export interface EndGroup {
  readonly cause: string;
  readonly title: string;
  readonly hypothesis: Hypothesis;
  readonly closures: number;
  /** Of all unexpected closures, 0 to 1. */
  readonly share: number;
  /** Left out where no session of it is in the report. */
  readonly example?: LiveSession;
  /** Of the example. */
  readonly confidence?: Confidence;
  /** Why sessions end so, in a sentence or two; left out where the cause is not established. */
  readonly why?: string;
  readonly remedy?: string;
  readonly retry?: { readonly when: Retry; readonly why: string };
}

/** The most frequent first. */
export function unexpectedEnds({
  causes,
  sessions,
}: Pick<Report, 'causes' | 'sessions'>): readonly EndGroup[] {
  return causes
    .filter(({ expected }) => !expected)
    .map(({ cause, title, hypothesis, closures, share }) => {
      const known = causeById(cause);
      const example = sessions.find(
        ({ closure }) =>
          closure?.attributes['gemini.live.closure.expected'] !== true &&
          closure?.attributes['gemini.live.closure.cause'] === cause &&
          (closure.attributes['gemini.live.closure.hypothesis'] ?? hypothesis) === hypothesis,
      );
      const found = example?.closure?.attributes ?? {};
      const when = (found['gemini.live.closure.retry'] as Retry | undefined) ?? known?.retry;
      const remedy = found['gemini.live.closure.remedy'] ?? known?.remedy;
      return {
        cause,
        title,
        hypothesis,
        closures,
        share,
        ...(example && { example }),
        ...(example && {
          confidence: (found['gemini.live.closure.confidence'] as Confidence | undefined) ?? 'none',
        }),
        ...(known && { why: known.cause }),
        ...(remedy !== undefined && { remedy }),
        ...(when !== undefined && { retry: { when, why: whyRetry(when) } }),
      };
    });
}

/** Up to so many ends each of them is worth reading; more are better counted. */
export const fewEnds = 10;

/** What kind of answer the report has. */
export type AnswerKind = 'no_end' | 'healthy' | 'few' | 'many';

export function answerKind(report: Report): AnswerKind {
  const { expected, unexpected } = report.totals.closures;
  if (expected + unexpected === 0) return 'no_end';
  if (unexpected === 0) return 'healthy';
  const groups = unexpectedEnds(report);
  // A text that decides needs no statistics, however often it comes, unless these found something else.
  const decided = groups.length <= 3 && groups.every(({ confidence }) => confidence === 'high');
  const named = new Set<string>(groups.map(({ hypothesis }) => hypothesis));
  const found = report.scorecard.supported.some((hypothesis) => !named.has(hypothesis));
  return unexpected <= fewEnds || (decided && !found) ? 'few' : 'many';
}

/** The session to show by itself: of the leading hypothesis, else of the most frequent cause. */
export function leadingSession(report: Report): LiveSession | undefined {
  const [leading] = report.scorecard.supported;
  const ends = unexpectedEnds(report).filter(({ example }) => example !== undefined);
  const found = ends.find(({ hypothesis }) => hypothesis === leading) ?? ends[0];
  return found?.example ?? report.sessions[0];
}

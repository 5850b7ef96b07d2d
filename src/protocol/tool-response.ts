import { type JsonObject, objectsField, textField } from './fields.ts';
import type { ClassifyOptions, ToolResponseSummary } from './frame.ts';
import { elementSpans, memberSpans, spanAt } from './json-span.ts';
import { measureResponse } from './measure.ts';
import { redactCredentials } from './redact.ts';

/** `FunctionResponseScheduling` of the service. */
const schedulings: ReadonlySet<unknown> = new Set([
  'INTERRUPT',
  'WHEN_IDLE',
  'SILENT',
  'SCHEDULING_UNSPECIFIED',
]);

/** The texts of the `response` values of a tool response, in order; empty where there is none. */
function responseTexts(json: string): readonly string[] {
  const list = spanAt(json, ['toolResponse', 'functionResponses']);
  if (list === undefined) return [];
  return elementSpans(json, list.start).map(({ start }) => {
    const span = memberSpans(json, start).get('response');
    return span === undefined ? '' : json.slice(span.start, span.end);
  });
}

/** Google's guides put `scheduling` inside the response, its types beside it. */
function schedulingOf(entry: JsonObject): string | undefined {
  const inside = (entry.response as JsonObject | null | undefined)?.scheduling;
  return textField(entry, 'scheduling') ?? (schedulings.has(inside) ? String(inside) : undefined);
}

/** The function responses of a `toolResponse`; `json` is the text of the whole frame. */
export function summarizeToolResponse(
  toolResponse: JsonObject,
  json: string,
  { captureContent }: ClassifyOptions,
): readonly ToolResponseSummary[] {
  const texts = responseTexts(json);
  return objectsField(toolResponse, 'functionResponses').map((entry, index) => {
    const text = texts[index] ?? '';
    const id = textField(entry, 'id');
    const name = textField(entry, 'name');
    const scheduling = schedulingOf(entry);
    const willContinue = entry.willContinue ?? entry.will_continue;
    return {
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      ...measureResponse(entry.response, text),
      ...(scheduling !== undefined && { scheduling }),
      ...(typeof willContinue === 'boolean' && { willContinue }),
      ...(captureContent && text !== '' && { response: redactCredentials(text) }),
    };
  });
}

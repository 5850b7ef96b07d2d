import type { MetricLabels } from '../conventions/metrics.ts';
import type { SessionScope } from './session-scope.ts';

export function sessionLabels(scope: SessionScope): MetricLabels<'gemini.live.session.active'> {
  return { 'gen_ai.provider.name': scope.provider, 'gen_ai.request.model': scope.model };
}

export function inferenceLabels(
  scope: SessionScope,
): MetricLabels<'gen_ai.client.inference.time_to_first_chunk'> {
  return { 'gen_ai.operation.name': 'realtime_inference', ...sessionLabels(scope), ...scope.peer() };
}

/** A tool's name as a label: only declared names make a bounded set. */
export function toolLabel({ setup }: SessionScope, name: string | undefined): string {
  return name !== undefined && setup?.functionNames.includes(name) ? name : '_other';
}

import type { experiment, Group } from '../conventions/attribute-groups.ts';
import type { ExperimentOfSession } from './backend.ts';

export function experimentAttributes(part: ExperimentOfSession | undefined): Group<typeof experiment> {
  return part === undefined
    ? {}
    : {
        'gemini.live.experiment.id': part.id,
        'gemini.live.experiment.factor': part.factor,
        'gemini.live.experiment.arm': part.arm,
        'gemini.live.experiment.condition': part.condition,
        'gemini.live.experiment.session': part.session,
        'gemini.live.experiment.differs_from': part.differsFrom,
        'gemini.live.experiment.outcome': part.outcome,
      };
}

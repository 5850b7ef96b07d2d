import { field, type JsonObject, objectField } from './fields.ts';

type Activity = 'start' | 'end';

/** `VoiceActivityType` and `VadSignalType` of the service. */
const activities: ReadonlyMap<unknown, Activity> = new Map<unknown, Activity>([
  ['ACTIVITY_START', 'start'],
  ['ACTIVITY_END', 'end'],
  ['VAD_SIGNAL_TYPE_SOS', 'start'],
  ['VAD_SIGNAL_TYPE_EOS', 'end'],
]);

/** The voice activity of a message: `voiceActivity` (its type is called `type` on Vertex AI), else the older signal. */
export function voiceActivityOf(message: JsonObject): Activity | undefined {
  const activity = objectField(message, 'voiceActivity');
  const signal = objectField(message, 'voiceActivityDetectionSignal');
  return (
    activities.get(field(activity, 'voiceActivityType') ?? field(activity, 'type')) ??
    activities.get(field(signal, 'vadSignalType'))
  );
}

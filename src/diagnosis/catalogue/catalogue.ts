import type { Cause } from '../cause.ts';
import { connectCauses } from './connect.ts';
import { credentialCauses } from './credentials.ts';
import { fieldCauses } from './fields.ts';
import { handshakeCauses } from './handshake.ts';
import { inputCauses } from './input.ts';
import { lifetimeCauses } from './lifetime.ts';
import { modelCauses } from './models.ts';
import { musicCauses } from './music.ts';
import { outputCauses } from './outputs.ts';
import { processCauses } from './process.ts';
import { quotaCauses } from './quota.ts';
import { resumptionCauses } from './resumption.ts';
import { serviceCauses } from './service.ts';
import { setupCauses } from './setup.ts';
import { stallCauses } from './stalls.ts';
import { toolCauses } from './tools.ts';
import { transportCauses } from './transport.ts';
import { wordingCauses } from './wordings.ts';

/** Every way in which a Live connection is known to end. */
export const catalogue: readonly Cause[] = [
  ...toolCauses,
  ...lifetimeCauses,
  ...resumptionCauses,
  ...modelCauses,
  ...outputCauses,
  ...fieldCauses,
  ...setupCauses,
  ...inputCauses,
  ...credentialCauses,
  ...quotaCauses,
  ...serviceCauses,
  ...handshakeCauses,
  ...transportCauses,
  ...stallCauses,
  ...musicCauses,
  ...connectCauses,
  ...processCauses,
  ...wordingCauses,
];

const byId: ReadonlyMap<string, Cause> = new Map(catalogue.map((cause) => [cause.id, cause]));

/** The entry with this id; `undefined` for `unknown` and ids of other versions. */
export function causeById(id: string): Cause | undefined {
  return byId.get(id);
}

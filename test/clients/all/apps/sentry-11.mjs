import * as Sentry from 'sentry-11';
import { handleCall } from '../../sentry.mjs';

await handleCall(Sentry, () => import('@google/genai'));

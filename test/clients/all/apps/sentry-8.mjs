import * as Sentry from 'sentry-8';
import { handleCall } from '../../sentry.mjs';

await handleCall(Sentry, () => import('@google/genai'));

import * as genai from '@google/genai';

type Talk = { talk(sdk: object): Promise<string> };
void (import('../../talk.mjs') as Promise<Talk>).then(async ({ talk }) => console.log(await talk(genai)));

/**
 * `node --import …`: an application that answers tool calls with ids of its own. The example agent, which people copy, makes
 * no such mistake.
 */
import { Session } from '@google/genai';

const { sendToolResponse } = Session.prototype;

Session.prototype.sendToolResponse = function (message) {
  const functionResponses = message.functionResponses.map((response, index) => ({
    ...response,
    id: `response-${index + 1}`,
  }));
  return sendToolResponse.call(this, { ...message, functionResponses });
};

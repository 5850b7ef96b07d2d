/** What the services are made of. */
import { plainTool, type Tool } from '../../world/tool.ts';

export const older = 'gemini-2.5-flash-native-audio-preview-09-2025';
export const newer = 'gemini-3.1-flash-live-preview';

export const tool = (name: string, change: Partial<Tool>): Tool => ({ ...plainTool, name, ...change });

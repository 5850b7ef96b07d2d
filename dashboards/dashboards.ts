import { closures } from './closures.ts';
import { overview } from './overview.ts';
import type { DashboardSpec } from './panels/panel.ts';
import { session } from './session.ts';
import { tools } from './tools.ts';
import { turns } from './turns.ts';

/** Every dashboard, in the order in which one reads them. */
export const dashboards: readonly DashboardSpec[] = [overview, closures, tools, turns, session];

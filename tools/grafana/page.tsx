/** `drawDashboard(drawing)` puts a dashboard on the page; it resolves when every panel stands. */
import 'uplot/dist/uPlot.min.css';
import { createTheme, type GrafanaTheme2, ThemeContext } from '@grafana/data';
import { GlobalStyles } from '@grafana/ui';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { DashboardPanel, Drawing } from './drawing.ts';
import { prepare } from './fields.ts';
import { framesOf } from './frames.ts';
import { type Drawn, Panel } from './panels.tsx';

/** Grafana's grid. https://github.com/grafana/grafana/blob/main/public/app/core/constants.ts */
const columns = 24;
const rowHeight = 30;
const gap = 8;
const margin = 16;
const headHeight = 56;

declare global {
  interface Window {
    drawDashboard: (drawing: Drawing) => Promise<void>;
  }
}

const container = document.createElement('main');
document.body.append(container);
const root = createRoot(container);
const theme = createTheme({ colors: { mode: 'light' } });
// Names the fonts.
flushSync(() => root.render(<GlobalStyles />));

window.drawDashboard = async (drawing) => {
  // Canvases measure and write with it at once, so it must be there before.
  const loaded = await Promise.all([400, 500].map((weight) => document.fonts.load(`${weight} 12px Inter`)));
  if (loaded.flat().length === 0) throw new Error('The font Inter cannot be loaded.');
  const drawn = await Promise.all(
    drawing.panels.map(async (panel): Promise<Drawn> => {
      const frames = framesOf(panel, drawing.answers[panel.id] ?? [], 60_000);
      return { panel, frames: panel.type === 'traces' ? frames : await prepare(panel, frames, theme) };
    }),
  );
  root.render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <Dashboard drawing={drawing} drawn={drawn} theme={theme} />
    </ThemeContext.Provider>,
  );
};

function Dashboard({
  drawing,
  drawn,
  theme,
}: {
  drawing: Drawing;
  drawn: readonly Drawn[];
  theme: GrafanaTheme2;
}): ReactNode {
  const width = document.body.clientWidth - 2 * margin;
  const bottom = Math.max(...drawing.panels.map(({ gridPos: { y, h } }) => y + h));
  return (
    <div style={{ position: 'relative', margin, width, height: headHeight + bottom * (rowHeight + gap) }}>
      <h1 style={{ fontSize: 20, margin: 0 }}>{drawing.title}</h1>
      <p style={{ color: theme.colors.text.secondary }}>{drawing.chosen}</p>
      {drawn.map(({ panel, frames }) => {
        const { left, top, ...size } = place(panel, width);
        return (
          <div key={panel.id} style={{ position: 'absolute', left, top: top + headHeight, ...size }}>
            {panel.type === 'row' ? (
              <h2 style={{ fontSize: 16, lineHeight: `${rowHeight}px`, margin: 0 }}>{panel.title}</h2>
            ) : (
              <Panel panel={panel} frames={frames} drawing={drawing} theme={theme} {...size} />
            )}
          </div>
        );
      })}
    </div>
  );
}

function place({ gridPos: { x, y, w, h } }: DashboardPanel, pageWidth: number) {
  const column = (pageWidth - (columns - 1) * gap) / columns;
  return {
    left: x * (column + gap),
    top: y * (rowHeight + gap),
    width: w * (column + gap) - gap,
    height: h * (rowHeight + gap) - gap,
  };
}

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/**
 * Zooming into the lanes of a session, by button, key, wheel and pointer. As each function of the page's script it
 * stands alone: its source text goes into the page.
 */
export function zoomLanes(): void {
  /** The part of the session that is shown, as shares of its length, and where a drag began. */
  interface View {
    from: number;
    size: number;
    drag?: number;
  }
  const views = new WeakMap<Element, View>();
  /** At the least, in milliseconds. */
  const least = 20;
  const steps = [1, 2, 5]
    .flatMap((digit) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6].map((power) => digit * power))
    .sort((a, b) => a - b);

  const written = (ms: number, step: number): string => {
    if (step < 1_000)
      return ms < 1_000
        ? `${Math.round(ms)} ms`
        : `${(ms / 1_000).toFixed(step < 10 ? 3 : step < 100 ? 2 : 1)} s`;
    const seconds = Math.round(ms / 1_000);
    if (seconds < 60) return `${seconds} s`;
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  };

  const draw = (figure: HTMLElement, view: View): void => {
    const span = Number(figure.dataset.span);
    view.size = Math.min(1, Math.max(view.size, least / span));
    view.from = Math.min(1 - view.size, Math.max(0, view.from));
    const moving = figure.querySelector('.moving');
    const group = figure.querySelector('.ticks');
    const line = group?.querySelector('line');
    const label = group?.querySelector('text');
    if (!moving || !group || !line || !label) return;
    moving.setAttribute('x', `${(-view.from / view.size) * 100}%`);
    moving.setAttribute('width', `${100 / view.size}%`);
    const shown = span * view.size;
    const step = steps.find((one) => shown / one <= 6) ?? shown / 6;
    const ticks: Element[] = [];
    for (
      let at = Math.ceil((view.from * span) / step) * step;
      at <= (view.from + view.size) * span;
      at += step
    ) {
      const x = `${(at / span) * 100}%`;
      const tick = line.cloneNode() as Element;
      tick.setAttribute('x1', x);
      tick.setAttribute('x2', x);
      const text = label.cloneNode() as Element;
      text.setAttribute('x', x);
      text.textContent = written(at, step);
      ticks.push(tick, text);
    }
    if (ticks.length === 0) ticks.push(line, label);
    group.replaceChildren(...ticks);
    const output = figure.querySelector('output');
    if (output)
      output.textContent =
        view.size === 1
          ? ''
          : `${written(view.from * span, step / 10)} to ${written((view.from + view.size) * span, step / 10)}`;
  };

  const viewOf = (figure: Element): View => {
    const view = views.get(figure) ?? { from: 0, size: 1 };
    views.set(figure, view);
    return view;
  };

  /** Closer by `factor`; what stands at `at`, a share of the drawing, stays where it is. */
  const scale = (view: View, factor: number, at = 0.5): void => {
    const fixed = view.from + view.size * at;
    view.size = Math.min(1, view.size * factor);
    view.from = fixed - view.size * at;
  };

  const actions: Readonly<Record<string, (view: View, span: number) => void>> = {
    in: (view) => scale(view, 0.5),
    out: (view) => scale(view, 2),
    whole: (view) => Object.assign(view, { from: 0, size: 1 }),
    end: (view, span) => Object.assign(view, { from: 1, size: 5_000 / span }),
    left: (view) => Object.assign(view, { from: view.from - view.size / 4 }),
    right: (view) => Object.assign(view, { from: view.from + view.size / 4 }),
    first: (view) => Object.assign(view, { from: 0 }),
    last: (view) => Object.assign(view, { from: 1 }),
  };
  const keys: Readonly<Record<string, string>> = {
    '+': 'in',
    '=': 'in',
    '-': 'out',
    '0': 'whole',
    ArrowLeft: 'left',
    ArrowRight: 'right',
    Home: 'first',
    End: 'last',
  };

  const figureOf = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>('figure.lanes') : null;
  const plotOf = (target: EventTarget | null): Element | null =>
    target instanceof Element ? target.closest('.plot') : null;
  const shareAt = (plot: Element, x: number): number => {
    const { left, width } = plot.getBoundingClientRect();
    return Math.min(1, Math.max(0, (x - left) / width));
  };
  const act = (figure: HTMLElement, action: string | undefined): boolean => {
    const found = action === undefined ? undefined : actions[action];
    if (!found) return false;
    const view = viewOf(figure);
    found(view, Number(figure.dataset.span));
    draw(figure, view);
    return true;
  };

  document.documentElement.classList.add('zooms');
  document.addEventListener('click', ({ target }) => {
    const figure = figureOf(target);
    if (figure && target instanceof HTMLElement) act(figure, target.dataset.zoom);
  });
  document.addEventListener('keydown', (event) => {
    const figure = figureOf(event.target);
    if (!figure || !plotOf(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(figure, keys[event.key])) event.preventDefault();
  });
  // Without a key held, the wheel scrolls the page.
  document.addEventListener(
    'wheel',
    (event) => {
      const figure = figureOf(event.target);
      const plot = plotOf(event.target);
      if (!figure || !plot || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const view = viewOf(figure);
      scale(view, event.deltaY > 0 ? 1.25 : 0.8, shareAt(plot, event.clientX));
      draw(figure, view);
    },
    { passive: false },
  );
  // A stretch that is drawn over is shown.
  document.addEventListener('pointerdown', ({ target, clientX, button }) => {
    const figure = figureOf(target);
    const plot = plotOf(target);
    if (figure && plot && button === 0) viewOf(figure).drag = shareAt(plot, clientX);
  });
  document.addEventListener('pointerup', ({ target, clientX }) => {
    for (const figure of document.querySelectorAll<HTMLElement>('figure.lanes')) {
      const view = views.get(figure);
      if (view?.drag === undefined) continue;
      const [began, plot] = [view.drag, figure.querySelector('.plot')];
      delete view.drag;
      if (!plot || figureOf(target) !== figure) continue;
      const ended = shareAt(plot, clientX);
      const width = Math.abs(ended - began);
      if (width < 0.02) continue;
      view.from += view.size * Math.min(began, ended);
      view.size *= width;
      draw(figure, view);
    }
  });
  document.addEventListener('dblclick', ({ target }) => {
    const figure = figureOf(target);
    if (figure && plotOf(target)) act(figure, 'whole');
  });
}

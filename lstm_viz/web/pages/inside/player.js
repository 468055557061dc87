// Playing: a step's stages one after the other, then the next step. Where the reader wants no motion, whole steps only.

const STAGE = 900; // milliseconds at the usual pace

export function buildPlayer({ stages, isLast, next, show, changed, speed }) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = 0;
  let stage = null;
  const player = { playing: false, play, pause, toggle: () => (player.playing ? pause() : play()), stop };

  function play() {
    if (isLast() && stage === null && !calm.matches) stage = 0;
    player.playing = true;
    changed();
    tick();
  }
  function tick() {
    clearTimeout(timer);
    if (!player.playing) return;
    if (calm.matches) {
      timer = setTimeout(() => (isLast() ? stop() : (next(), tick())), (2 * STAGE) / speed());
      return;
    }
    stage = stage === null ? 0 : stage;
    if (stage < stages()) {
      show(stage, true);
      stage += 1;
      timer = setTimeout(tick, STAGE / speed());
      return;
    }
    stage = null;
    show(null);
    if (isLast()) stop();
    else timer = setTimeout(() => (next(), tick()), STAGE / speed());
  }
  function pause() {
    clearTimeout(timer);
    player.playing = false;
    changed();
  }
  function stop() {
    stage = null;
    pause();
    show(null);
  }
  return player;
}

// How much a page is magnified for a lecture hall: the type of a sheet, 15 pixels at least, becomes 22 on a screen of
// 1920 × 1080 and 16 on the smallest projector. The whole page grows, so drawings keep their proportions, text and lines
// stay sharp, and a larger screen shows the same larger, not more.
const [WIDTH, HEIGHT] = [1300, 720]; // pixels of the page that a screen shows
const LEAST = 16 / 15;

export function zoomFor(width, height) {
  return Math.max(LEAST, Math.min(width / WIDTH, height / HEIGHT)).toFixed(4);
}

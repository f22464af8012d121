import type { Box } from './layout.ts'

/** What part of the tree is seen: screen = tree × scale + (x, y). */
export interface Camera {
  x: number
  y: number
  scale: number
}

export interface Size {
  width: number
  height: number
}

const LEAST = 0.08
const MOST = 2.5
/** Below this zoom labels cannot be read, so a first look never starts below it. */
export const READABLE = 0.82

/** Keeps the point under (x, y) of the screen where it is and zooms by a factor. */
export function zoomAt(camera: Camera, x: number, y: number, factor: number): Camera {
  const scale = Math.min(MOST, Math.max(LEAST, camera.scale * factor))
  const by = scale / camera.scale
  return { x: x - (x - camera.x) * by, y: y - (y - camera.y) * by, scale }
}

/** Moves by so many pixels of the screen, never so far that the tree is out of sight. */
export function panBy(camera: Camera, dx: number, dy: number, box: Box, size: Size): Camera {
  const keep = 48
  const right = (box.left + box.width) * camera.scale
  const bottom = (box.top + box.height) * camera.scale
  return {
    scale: camera.scale,
    x: within(camera.x + dx, keep - right, size.width - keep - box.left * camera.scale),
    y: within(camera.y + dy, keep - bottom, size.height - keep - box.top * camera.scale),
  }
}

/** The whole tree, in the middle. */
export function fitAll(box: Box, size: Size): Camera {
  const scale = Math.max(LEAST, Math.min(1.1, size.width / box.width, size.height / box.height))
  return {
    scale,
    x: (size.width - box.width * scale) / 2 - box.left * scale,
    y: (size.height - box.height * scale) / 2 - box.top * scale,
  }
}

/** A first look: the whole tree if its labels can be read then, else the root, at the left, at a readable zoom. */
export function firstLook(box: Box, size: Size): Camera {
  const all = fitAll(box, size)
  if (all.scale >= READABLE) return all
  const wide = box.width * READABLE <= size.width
  const x = wide ? (size.width - box.width * READABLE) / 2 - box.left * READABLE : 12 - box.left * READABLE
  const high = box.height * READABLE > size.height
  const y = high ? size.height / 2 : (size.height - box.height * READABLE) / 2 - box.top * READABLE
  return { scale: READABLE, x, y }
}

/** Moves as little as will bring a point, with some room for its label, into sight. */
export function bringInto(camera: Camera, x: number, y: number, size: Size): Camera {
  const sx = x * camera.scale + camera.x
  const sy = y * camera.scale + camera.y
  const room = Math.min(190 * camera.scale, size.width / 2)
  return {
    scale: camera.scale,
    x: camera.x + within(sx, 24, size.width - room) - sx,
    y: camera.y + within(sy, 24, size.height - 32) - sy,
  }
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most))
}

const FONT =
  '600 12px system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", sans-serif'

let pen: OffscreenCanvasRenderingContext2D | null | undefined

/** How wide a label of the tree is drawn, in pixels at zoom 1; what lies behind it is covered so far. */
export function labelWidth(label: string): number {
  pen ??= new OffscreenCanvas(1, 1).getContext('2d')
  if (!pen) return label.length * 7
  pen.font = FONT
  return Math.ceil(pen.measureText(label).width)
}

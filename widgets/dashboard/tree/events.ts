/** Told when a node of the tree was chosen: the id of a share (its code) or of a conversion. */
export class ChosenEvent extends Event {
  static readonly type = 'grapevine-chosen'
  readonly id: string

  constructor(id: string) {
    super(ChosenEvent.type)
    this.id = id
  }
}

declare global {
  interface HTMLElementEventMap {
    'grapevine-chosen': ChosenEvent
  }
}

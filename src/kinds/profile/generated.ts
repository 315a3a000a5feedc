import type { Position } from '../../model/diagnostic.ts'

/** A profile that `local.generate` asks for. */
export interface Generated {
  readonly name: string
  readonly account: string
  readonly permissionSet: string
  /** Rule that grants it. */
  readonly at?: Position
}

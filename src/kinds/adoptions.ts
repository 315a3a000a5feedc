import type { Adoption } from './adoption.ts'
import { does } from './declaration.ts'
import { kindNamed, kindNames } from './index.ts'

/** How each kind that `init` adopts is written, in the order of the kinds. */
export const adoptions: readonly Adoption[] = kindNames.flatMap((name) => {
  const { adopt } = kindNamed(name)
  return does(adopt) ? [adopt] : []
})

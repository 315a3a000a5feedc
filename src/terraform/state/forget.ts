/**
 * The fewest addresses under which Terraform finds exactly some resource instances: where all instances of a resource, or all of a module,
 * are among them, its own address stands for them. Source: Terraform, "Resource Address Reference". Pure.
 */
export function fewestAddresses(all: readonly string[], chosen: ReadonlySet<string>): readonly string[] {
  const root: Branch = { below: new Map(), chosen: true }
  for (const address of all) place(root, address, chosen.has(address))
  return [...root.below].flatMap(([step, branch]) => addressesIn(step, branch))
}

interface Branch {
  readonly below: Map<string, Branch>
  /** True while everything below is chosen. */
  chosen: boolean
}

function place(root: Branch, address: string, chosen: boolean): void {
  let branch = root
  for (const step of stepsOf(address)) {
    const next = branch.below.get(step) ?? { below: new Map(), chosen: true }
    branch.below.set(step, next)
    next.chosen &&= chosen
    branch = next
  }
}

function addressesIn(address: string, { below, chosen }: Branch): readonly string[] {
  if (chosen) return [address]
  return [...below].flatMap(([step, branch]) => addressesIn(`${address}${step}`, branch))
}

const key = '\\[(?:\\d+|"(?:[^"\\\\]|\\\\.)*")\\]'
const STEP = new RegExp(`\\.?module\\.[^.[\\]]+|\\.?[^.[\\]]+\\.[^.[\\]]+|${key}`, 'gu')

/** `module.a["x"].b.c[0]` as `module.a`, `["x"]`, `.b.c` and `[0]`. */
function stepsOf(address: string): readonly string[] {
  return address.match(STEP) ?? [address]
}

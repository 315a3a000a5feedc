import { grouped } from '../../model/grouped.ts'

/** One grant: who, what, where. */
export type Cell = readonly [principal: string, set: string, account: string]

/** All grants of some principals for some sets in some accounts. */
export type Block = readonly [principals: readonly string[], sets: readonly string[], accounts: readonly string[]]

/** Orders in which grants are joined: each can end with fewer blocks than the others. The first of equals is taken. */
const orders = [
  [2, 0, 1],
  [2, 1, 0],
  [0, 2, 1],
  [0, 1, 2],
  [1, 2, 0],
  [1, 0, 2],
] as const

/**
 * Blocks that together hold exactly the given grants, each once, and few of them. The fewest possible is a set cover problem;
 * joining what differs along one side only, in each order of the sides, finds it wherever a person wrote rules.
 */
export function blocks(cells: readonly Cell[]): readonly Block[] {
  const single = [...cells].sort(byText).map(([who, what, where]): Block => [[who], [what], [where]])
  const attempts = orders.map((order) => settle(single, order))
  return attempts.reduce((best, one) => (one.length < best.length ? one : best))
}

function settle(start: readonly Block[], order: readonly number[]): readonly Block[] {
  const joined = order.reduce(join, start)
  return joined.length === start.length ? joined : settle(joined, order)
}

/** Joins blocks that are equal but for one side. */
function join(all: readonly Block[], side: number): readonly Block[] {
  const alike = grouped(all.map((block) => [JSON.stringify(block.filter((_, index) => index !== side)), block]))
  return [...alike.values()].map((some) => {
    const [first = [[], [], []]] = some
    const union = [...new Set(some.flatMap((block) => block[side] ?? []))].sort()
    return first.map((one, index) => (index === side ? union : one)) as unknown as Block
  })
}

function byText(a: Cell, b: Cell): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

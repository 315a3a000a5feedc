import type { FileHandle } from 'node:fs/promises'
import type { FileSystem, Machine } from '../../../src/local/files/disk.ts'

type Step = (name: string, run: () => unknown) => unknown

/** A machine that asks `step` before each file operation, also those on open files. */
export function stepped(machine: Machine, step: Step): Machine {
  const files = new Proxy(machine.files, {
    get:
      (target, name: keyof FileSystem) =>
      (...args: unknown[]) =>
        step(name, async () => {
          const result: unknown = await Reflect.apply(target[name], target, args)
          return name === 'open' ? steppedHandle(result as FileHandle, step) : result
        }),
  })
  return { ...machine, files }
}

function steppedHandle(handle: FileHandle, step: Step): FileHandle {
  return new Proxy(handle, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => step(`file.${String(name)}`, () => Reflect.apply(value, target, args))
    },
  })
}

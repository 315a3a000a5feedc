/** Programs that were started as leaders of process groups. A group is named by the process number of its leader. */
export interface ProcessGroups {
  /** A word for all that this process starts. */
  readonly name: string
  /** A word that no other program has that this process starts: the name, a full stop and a number. */
  mark(): string
  /** From now on the group ends with this process, however this one ends. */
  add(leader: number): void
  /** Tells everything in the group that its terminal is gone, as a terminal that closes does. */
  hangUp(leader: number): void
  /** Ends everything that is left in the group. */
  end(leader: number): void
  /** Asks a single program to end, whatever its group. */
  stop(pid: number): void
  /** The group is no longer looked after. */
  forget(leader: number): void
}

/** The groups that a process starts. */
export function processGroups(process: Pick<NodeJS.Process, 'pid' | 'kill' | 'on' | 'off'>): ProcessGroups {
  const name = String(process.pid)
  let marks = 0
  const running = new Set<number>()
  const send = (target: number, name: NodeJS.Signals) => {
    try {
      process.kill(target, name)
    } catch {
      // Nothing is left there.
    }
  }
  const signal = (leader: number, name: NodeJS.Signals) => send(-leader, name)
  const endAll = () => {
    for (const leader of running) signal(leader, 'SIGKILL')
  }
  return {
    name,
    mark: () => `${name}.${++marks}`,
    add(leader) {
      if (running.size === 0) process.on('exit', endAll)
      running.add(leader)
    },
    hangUp: (leader) => signal(leader, 'SIGHUP'),
    end: (leader) => signal(leader, 'SIGKILL'),
    stop: (pid) => send(pid, 'SIGTERM'),
    forget(leader) {
      if (running.delete(leader) && running.size === 0) process.off('exit', endAll)
    },
  }
}

import type { Command } from 'commander';
import type { Context } from './context';

/** Adds a group's commands to the program. `context` gives what a command works with, when it runs. */
export type Register = (program: Command, context: (command: Command) => Context) => void;

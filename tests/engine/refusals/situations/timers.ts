import { diagram, eventSubProcess, inPath, onBorder, path, type Situation } from '../draw.ts'

const definition = (time: string): string => `<timerEventDefinition>${time}</timerEventDefinition>`
const waits = (time: string): string => diagram(inPath(`<intermediateCatchEvent id="it">${definition(time)}</intermediateCatchEvent>`))
const starts = (time: string): string => diagram(`<startEvent id="start">${definition(time)}</startEvent>`)
const borders = (time: string, attributes = ''): string =>
  diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task" ${attributes}>${definition(time)}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`))

/** What a timer may say. Whether the text is a time is judged by the engine, not by the validators: see engineSide.ts. */
export const timerSituations: Situation[] = [
  { name: 'a timer without a time', xml: waits('') },
  { name: 'a timer with a duration and a date', xml: waits('<timeDate>2027-01-04T08:00:00Z</timeDate><timeDuration>PT1H</timeDuration>') },
  { name: 'a timer with two durations', xml: waits('<timeDuration>PT1H</timeDuration><timeDuration>PT2H</timeDuration>') },
  { name: 'a timer with a duration that is an expression', xml: waits('<timeDuration>= term</timeDuration>') },
  { name: 'a timer with a duration in months', xml: waits('<timeDuration>P1M</timeDuration>') },
  { name: 'a timer with a negative duration', xml: waits('<timeDuration>-PT1H</timeDuration>') },
  { name: 'a timer with a date and an offset', xml: waits('<timeDate>2027-01-04T08:00:00+01:00</timeDate>') },
  { name: 'a timer with a date and a zone', xml: waits('<timeDate>2027-01-04T08:00:00+01:00[Europe/Belgrade]</timeDate>') },
  { name: 'a timer with a date that is an expression', xml: waits('<timeDate>= hearing</timeDate>') },
  { name: 'a timer with a typed duration', xml: waits('<timeDuration xsi:type="tFormalExpression">PT1H</timeDuration>') },
  { name: 'a start timer with a cycle for ever', xml: starts('<timeCycle>R/P1D</timeCycle>') },
  { name: 'a start timer with a cycle from a moment on', xml: starts('<timeCycle>R3/2027-01-04T08:00:00Z/P1D</timeCycle>') },
  { name: 'a start timer with a cron line', xml: starts('<timeCycle>0 0 8 * * MON-FRI</timeCycle>') },
  { name: 'a start timer with a date and a duration', xml: starts('<timeDate>2027-01-04T08:00:00Z</timeDate><timeDuration>PT1H</timeDuration>') },
  { name: 'a border timer without a time', xml: borders('') },
  { name: 'a border timer with a date and a cycle', xml: borders('<timeDate>2027-01-04T08:00:00Z</timeDate><timeCycle>R3/PT1H</timeCycle>', 'cancelActivity="false"') },
  { name: 'a border timer with a duration of nothing', xml: borders('<timeDuration>PT0S</timeDuration>') },
  { name: 'an event sub-process for a cycle that lets the process go on', xml: diagram(eventSubProcess(definition('<timeCycle>R3/PT1H</timeCycle>'), 'isInterrupting="false"')) },
  { name: 'an event sub-process for a cycle that ends the process', xml: diagram(eventSubProcess(definition('<timeCycle>R3/PT1H</timeCycle>'))) },
  { name: 'an event sub-process for a timer without a time', xml: diagram(eventSubProcess(definition(''))) },
]

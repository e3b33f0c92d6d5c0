// Runs one job on Polars as often as it is told to. Lines in, lines out:
//   in:  one JSON job {"parquet", "kind", ...}; then "answer PATH" (writes the answer as Parquet) or "run TIMES"
//   out: "ready", "done", or the CPU microseconds of this whole process that the runs took
const readline = require("node:readline");
const pl = require("nodejs-polars");

const aggregate = (column, name) => {
  switch (name) {
    case "sum": return column.sum();
    case "count": return column.count();
    case "min": return column.min();
    case "max": return column.max();
    case "var": return column.var();
    default: throw new Error("no aggregate " + name);
  }
};

const rolling = (column, name, rows) => {
  const options = { windowSize: rows, minPeriods: 1 };
  switch (name) {
    case "sum": return column.rollingSum(options);
    case "max": return column.rollingMax(options);
    case "std": return column.rollingStd(options);
    case "median": return column.rollingMedian(options);
    default: throw new Error("no rolling " + name);
  }
};

// Each kind of job: a frame in, a frame out.
const jobs = {
  aggregate: (frame, job) => {
    const all = job.functions.map((f) => aggregate(pl.col(job.column), f).alias(f));
    return job.key ? frame.groupBy(job.key).agg(...all) : frame.select(...all);
  },
  csv: (frame, job) =>
    pl.scanCSV(job.csv).groupBy(job.key).agg(pl.col(job.column).sum()).collectSync(),
  rolling: (frame, job) => {
    const value = rolling(pl.col(job.column), job.function, job.rows);
    return frame.select((job.key ? value.over(job.key) : value).alias("w"));
  },
  rollingTime: (frame, job) =>
    frame
      .groupByRolling({ indexColumn: job.time, by: job.key, period: job.micros + "us" })
      .agg(pl.col(job.column).sum().alias("w")),
  cumSum: (frame, job) => {
    const value = pl.col(job.column).cumSum();
    return frame.select((job.key ? value.over(job.key) : value).alias("w"));
  },
  ewmMean: (frame, job) =>
    frame.select(pl.col(job.column).ewmMean({ alpha: job.alpha, adjust: true, minPeriods: 1 }).alias("w")),
};

let work = null;
let order = null; // the column that puts an answer of one value a row into the order of rows, where it is not
let last = null; // keeps the result of a run until the next one has its own

const commands = {
  answer: (path) => {
    const frame = work();
    (order ? frame.sort(order).select("w") : frame).writeParquet(path);
    return "done";
  },
  run: (times) => {
    const before = process.cpuUsage();
    for (let i = 0; i < Number(times); i++) {
      last = work();
    }
    const used = process.cpuUsage(before);
    return String(used.user + used.system);
  },
};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  try {
    if (work === null) {
      const job = JSON.parse(line);
      const frame = job.parquet ? pl.readParquet(job.parquet) : null;
      order = job.kind === "rollingTime" ? job.time : null;
      work = () => jobs[job.kind](frame, job);
      console.log("ready");
    } else {
      const [command, argument] = line.split(" ", 2);
      console.log(commands[command](argument));
    }
  } catch (error) {
    console.log("error " + String(error).replaceAll("\n", " "));
  }
});

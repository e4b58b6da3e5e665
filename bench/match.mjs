// match.mjs DIR - the statements of bench/match.sh in DuckDB: milliseconds of each, the best of three; its rows are held against ours.
import { DuckDBInstance } from "@duckdb/node-api";
import { readdirSync, readFileSync } from "node:fs";

const dir = process.argv[2];
const db = await (await DuckDBInstance.create(":memory:")).connect();

// Lists of further codes stand in the CSV as PostgreSQL reads them: {a,b}
const tables = readFileSync(`${dir}/tables.sql`, "utf8").match(/CREATE TABLE \w+/g).map(t => t.split(" ")[2]);
await db.run(readFileSync(`${dir}/tables.sql`, "utf8"));
for (const t of tables) {
    const list = t === "process";
    const read = `read_csv('${dir}/${t}.csv', header = false, all_varchar = true)`;
    await db.run(list
        ? `INSERT INTO process SELECT column0::int, column1, column2::real, column3::real, column4::real, string_split(trim(column5, '{}'), ',') FROM ${read}`
        : `INSERT INTO ${t} SELECT * FROM ${read}`);
}

for (const name of readdirSync(dir).filter(f => /^demand-.*\.sql$/.test(f)).sort()) {
    const sql = readFileSync(`${dir}/${name}`, "utf8"), want = readFileSync(`${dir}/${name.replace(".sql", ".want")}`, "utf8");
    let best = Infinity, rows;
    for (let run = 0; run < 3; run++) {
        const from = performance.now();
        rows = (await db.runAndReadAll(sql)).getRowsJson();
        best = Math.min(best, performance.now() - from);
    }
    if (rows.map(r => `${r[0]}|${r[1]}\n`).join("") !== want) throw new Error(`other rows than ours: ${name}`);
    console.log(best.toFixed(1));
}

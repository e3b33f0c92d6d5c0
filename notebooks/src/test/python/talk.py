"""Speaks to the kernel over its sockets, as a notebook does, and measures. Ends with a failure where something is not so."""
import threading
import time

from jupyter_client.manager import start_new_kernel

LIBRARY = """%maven io.streamz:streamz-notebook:0.1.0-SNAPSHOT
import io.streamz.core.*; import io.streamz.frames.*; import io.streamz.frames.Pipeline; import io.streamz.notebook.*; import static io.streamz.frames.Frames.*; import static io.streamz.notebook.Streamz.*;"""


class Talk:
    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="streamz-java", startup_timeout=60)

    def run(self, code):
        """What a cell gives: its status, its outputs, how long it took."""
        outputs = []
        begin = time.time()
        reply = self.client.execute_interactive(code, output_hook=outputs.append, timeout=60)
        return reply["content"], outputs, time.time() - begin

    def value(self, code):
        """The text of a cell's value."""
        results = [o for o in self.run(code)[1] if o["msg_type"] == "execute_result"]
        expect(len(results) == 1, code + " gives no value")
        return results[0]["content"]["data"]["text/plain"]

    def interrupted(self, code):
        timer = threading.Timer(1.5, self.manager.interrupt_kernel)
        timer.start()
        content, outputs, seconds = self.run(code)
        timer.join()
        expect(content["status"] == "error" and "interrupted" in content["evalue"], "%s: %s" % (code, content))
        expect(seconds < 10, "%s took %.1f s to stop" % (code, seconds))

    def heard(self, seconds):
        """The messages that come while nothing is asked."""
        messages = []
        end = time.time() + seconds
        while time.time() < end:
            try:
                messages.append(self.client.get_iopub_msg(timeout=max(0.01, end - time.time())))
            except Exception:
                pass
        return [message["msg_type"] for message in messages]


def expect(condition, what):
    if not condition:
        raise SystemExit("NOT SO: " + what)


def text(outputs):
    return "\n".join(str(o["content"].get("data", o["content"])) for o in outputs)


def errors(talk):
    for code, wanted in [
        ("int y = ;", ["illegal start of expression", "|   int y = ;", "^"]),
        ("String s = null;\ns.length()", ["NullPointerException", '"s" is null', "the cell, line 1"]),
        ("for (int i = 0;", ["the cell ends before what begins here does"]),
        ("%nothing", ["there is no %nothing", "%maven"]),
        ("nope", ["cannot find symbol", "nope"]),
    ]:
        content, outputs, _ = talk.run(code)
        expect(content["status"] == "error", code + " is no error")
        told = "\n".join("\n".join(o["content"]["traceback"]) for o in outputs if o["msg_type"] == "error")
        for part in wanted:
            expect(part in told, "%s: no %r in %s" % (code, part, told))


def help_while_typing(talk):
    content = talk.client.complete("view.plo", 8, reply=True, timeout=30)["content"]
    expect("plot()" in content["matches"], str(content))
    content = talk.client.complete("int a = 1;\nview.no", 18, reply=True, timeout=30)["content"]
    expect("now()" in content["matches"] and content["cursor_start"] == 16, str(content))
    content = talk.client.complete("%mav", 4, reply=True, timeout=30)["content"]
    expect(content["matches"] == ["%maven", "%mavenRepo"], str(content))
    content = talk.client.inspect("view.now()", 6, reply=True, timeout=30)["content"]
    expect("Table View.now()" in content["data"]["text/plain"], str(content))


def cells(talk):
    expect("2" in text(talk.run("1 + 1")[1]), "1 + 1")
    talk.run("record Trade(String symbol, double price) {}")
    outputs = talk.run("record Trade(String symbol, double price, long qty) {}\nnew Trade(\"A\", 1.5, 3)")[1]
    expect("qty=3" in text(outputs), "a record that is declared again: " + text(outputs))
    content, outputs, seconds = talk.run(LIBRARY)
    expect(content["status"] == "ok", str(content))
    print("loading the library took %.1f s" % seconds)
    expect(seconds < 20, "loading the library took %.1f s" % seconds)
    content, outputs, _ = talk.run(
        """record Total(String symbol, long total) {}
        var p = pipeline("trades");
        var in = p.input(Trade.class);
        var table = in.frame().groupBy("symbol").agg("sum(qty) as total");
        var view = table.view();
        var changes = table.changes(Total.class).sinkToList();
        p.start();
        for (int i = 0; i < 10; i++) in.emit(new Trade("S" + i % 3, i, i));
        System.out.println(changes.get(9));
        view"""
    )
    expect("Total[symbol=S0, total=18]" in text(outputs), text(outputs))
    expect("<table" in text(outputs) and ">18<" in text(outputs), text(outputs))


def a_live_table(talk):
    content, outputs, _ = talk.run(
        """record Tick(int key, double value) {}
        var live = pipeline("live");
        var ticks = live.input(Tick.class).flushEvery(1000, Duration.ofMillis(10));
        var counts = ticks.frame().groupBy("key").agg("count(), mean(value)").view();
        display(counts);
        live.start();
        var go = new java.util.concurrent.atomic.AtomicBoolean(true);
        var sent = new java.util.concurrent.atomic.AtomicLong();
        Thread feeder = new Thread(() -> {
            long begin = System.nanoTime();
            while (go.get()) {
                // 150,000 rows a second.
                if (sent.get() < (System.nanoTime() - begin) / 6_666) {
                    for (int i = 0; i < 1000; i++) ticks.emit(new Tick(i % 50, i));
                    sent.addAndGet(1000);
                } else {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            }
            ticks.end();
        }, "feeder");
        feeder.setDaemon(true);
        feeder.start();"""
    )
    expect(content["status"] == "ok", str(content))
    begin, before = time.time(), int(talk.value("sent.get()"))
    heard = talk.heard(4)
    updates = heard.count("update_display_data")
    print("%d updates in 4 s" % updates)
    expect(3 <= updates <= 18, "%d updates in 4 s, where at most four a second are due" % updates)
    slowest = max(talk.run("1 + %d" % i)[2] for i in range(8))
    after, seconds = int(talk.value("sent.get()")), time.time() - begin
    print("%.0f rows/s meanwhile, the slowest cell took %.2f s" % ((after - before) / seconds, slowest))
    expect((after - before) / seconds > 100_000, "only %.0f rows/s" % ((after - before) / seconds))
    expect(slowest < 1, "a cell took %.2f s while the table moved" % slowest)
    outputs = talk.run("go.set(false); live.run(); counts")[1]
    expect("<table" in text(outputs), text(outputs))
    last = [o for o in outputs if o["msg_type"] == "update_display_data"]
    expect(last and "ended" in text(last), "the table does not say that it has ended: " + text(outputs)[:500])
    expect(talk.heard(2).count("update_display_data") == 0, "the table moves after its stream has ended")


def an_interrupted_display(talk):
    talk.run("Thread.sleep(1)")
    talk.interrupted(
        """var stopped = pipeline("stopped");
        var events = stopped.input(Tick.class);
        display(events.frame().agg("count()").view());
        stopped.run();"""
    )
    expect(talk.heard(1.5).count("update_display_data") == 0, "an interrupted cell's table still moves")
    expect("stopped" not in text(talk.run("running()")[1]), "an interrupted pipeline still runs")


def again(talk):
    """A cell that runs again replaces its pipeline; nothing is left of the old one."""
    code = """var again = pipeline("again");
        var items = again.stream(Integer.class);
        items.buffer(10).sink(x -> {});
        again.start();"""
    talk.run(code)
    talk.run(code)
    count = talk.value(
        "Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith(\"again-\")).count()"
    )
    expect(count == "1", "threads of a pipeline that was replaced: " + count)
    talk.run("stopAll()")
    expect("{}" in text(talk.run("running()")[1]), "stopAll leaves pipelines")


def main():
    talk = Talk()
    try:
        cells(talk)
        help_while_typing(talk)
        errors(talk)
        talk.interrupted("long x = 0;\nwhile (true) { x++; }")
        talk.interrupted("Thread.sleep(100_000)")
        a_live_table(talk)
        an_interrupted_display(talk)
        again(talk)
        talk.run("var last = pipeline(\"last\"); last.stream(Integer.class).buffer(1).sink(x -> {}); last.start();")
        begin = time.time()
        talk.client.stop_channels()
        talk.manager.shutdown_kernel(now=False)
        print("the kernel ended in %.1f s" % (time.time() - begin))
        expect(time.time() - begin < 5, "the kernel had to be killed")
    finally:
        if talk.manager.is_alive():
            talk.manager.shutdown_kernel(now=True)
    print("all is so")


main()

package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.LongLane;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
    private static final Schema SCHEMA = Schema.of(new Field("a", DataType.INT64), new Field("b", DataType.INT64));

    private static RecordBatch batch(BatchPool pool, long... values) {
        RecordBatch batch = pool.take();
        for (int column = 0; column < 2; column++) {
            LongLane lane = (LongLane) batch.fill(column);
            lane.reset(values.length);
            for (int row = 0; row < values.length; row++) {
                lane.values()[row] = values[row] * (column + 1);
            }
        }
        batch.filled(values.length);
        return batch;
    }

    private static long value(RecordBatch batch, int column, int row) {
        return ((LongLane) batch.lane(column)).values()[row];
    }

    @Test
    void aClosedBatchSaysWhoClosedIt() {
        RecordBatch batch = batch(new BatchPool(SCHEMA, "trades > filter"), 1, 2);
        batch.close();
        assertThatThrownBy(() -> batch.lane(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("trades > filter")
                .hasMessageContaining(
                        "closed by thread " + Thread.currentThread().getName())
                .hasMessageContaining("retain()");
        assertThatThrownBy(batch::close).hasMessageContaining("closed by");
        assertThatThrownBy(batch::retain).hasMessageContaining("closed by");
        assertThatThrownBy(batch::root).hasMessageContaining("closed by");
    }

    @Test
    void aBatchPrintsItsSizeAndItsColumns() {
        RecordBatch batch = batch(new BatchPool(SCHEMA, "source"), 1, 2);
        assertThat(batch).hasToString("2 rows of " + SCHEMA);
        batch.close();
        assertThat(batch).hasToString("2 rows of " + SCHEMA);
    }

    @Test
    void thePoolGivesABatchAgainOnlyWhenNobodyHoldsIt() {
        BatchPool pool = new BatchPool(SCHEMA, "source");
        RecordBatch first = batch(pool, 1);
        first.retain();
        first.close();
        RecordBatch second = batch(pool, 2);
        assertThat(second).isNotSameAs(first);
        second.close();
        assertThat(value(first, 0, 0)).isEqualTo(1);
        first.close();
        assertThat(pool.take()).isSameAs(first);
    }

    @Test
    void aFilteredBatchGathersWhatIsReadAndHoldsItsInput() {
        BatchPool source = new BatchPool(SCHEMA, "source");
        RecordBatch in = batch(source, 10, 11, 12, 13);
        RecordBatch out = new BatchPool(SCHEMA, "filter", new int[] {0, 1}).take();
        out.over(in);
        int[] rows = out.selection(2);
        rows[0] = 1;
        rows[1] = 3;
        out.select(2);
        out.retain();
        in.close();
        out.close();
        assertThat(source.take()).isNotSameAs(in);
        assertThat(out.rows()).isEqualTo(2);
        assertThat(value(out, 1, 0)).isEqualTo(22);
        assertThat(value(out, 1, 1)).isEqualTo(26);
        out.close();
        assertThat(source.take()).isSameAs(in);
    }

    @Test
    void watermarksGoWithTheirRows() {
        RecordBatch in = batch(new BatchPool(SCHEMA, "source"), 10, 11, 12);
        assertThat(in.watermarks()).isNull();
        LongLane before = new LongLane();
        before.reset(3);
        for (int row = 0; row < 3; row++) {
            before.values()[row] = 100L + row;
        }
        in.watermarks(before, 200);
        RecordBatch out = new BatchPool(SCHEMA, "filter", new int[] {0, 1}).take();
        out.over(in);
        out.selection(1)[0] = 2;
        out.select(1);
        assertThat(out.watermark()).isEqualTo(200);
        assertThat(out.watermarks().size()).isOne();
        assertThat(out.watermarks().values()[0]).isEqualTo(102);
        out.close();
        in.close();
    }

    @Test
    void aColumnThatItsSourceLeftOutIsNamed() {
        RecordBatch batch = new BatchPool(SCHEMA, "csv").take();
        batch.fill(0).reset(1);
        batch.filled(1);
        assertThatThrownBy(() -> batch.lane(1)).hasMessageContaining("'b' was left out of a batch of csv");
    }

    @Test
    void lanesOfDifferentSizesAreRefused() {
        LongLane one = new LongLane();
        one.reset(1);
        assertThatThrownBy(() -> RecordBatch.of(SCHEMA, one, new LongLane()))
                .hasMessageContaining("column 'b' has 0 rows, the batch 1");
        assertThatThrownBy(() -> RecordBatch.of(SCHEMA, one)).hasMessageContaining("1 lanes for the columns");
    }
}

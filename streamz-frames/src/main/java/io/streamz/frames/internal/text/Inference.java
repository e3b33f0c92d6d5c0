package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.frames.Field;
import java.util.BitSet;
import java.util.List;

/** Settles the types of columns from some rows: the first of the candidates that can read all values of a column. */
final class Inference {
    private static final int PROBED = 16;

    private final TextFormat format;
    private final List<Block> blocks;
    private final NullWords nulls;
    private final boolean isEmpty;
    private final BitSet bad = new BitSet();

    /** @param isEmpty whether the input is over without a row, so that the columns have no type */
    Inference(TextFormat format, List<Block> blocks, NullWords nulls, boolean isEmpty) {
        this.format = format;
        this.blocks = blocks;
        this.nulls = nulls;
        this.isEmpty = isEmpty;
    }

    Field field(String name, int column) {
        return isEmpty ? Field.valueless(name) : new Field(name, type(name, column));
    }

    /** The type of a column: utf8 where nothing else reads all values, or there are none. */
    private DataType type(String name, int column) {
        for (DataType type : format.candidates(name, column, blocks)) {
            ColumnParser parser = format.parser(column, name, type, false, nulls);
            Lane lane = type.kind().lane();
            boolean fits = true;
            boolean isNull = true;
            for (Block block : blocks) {
                fits = fits && fits(parser, block, lane);
                isNull &= lane.nullCount() == block.rows;
            }
            if (fits) {
                return isNull ? DataType.UTF8 : type;
            }
        }
        return DataType.UTF8;
    }

    /** Whether the parser can read all values of a block; the first few rows, which mostly tell, are tried alone first. */
    private boolean fits(ColumnParser parser, Block block, Lane lane) {
        int rows = block.rows;
        block.rows = Math.min(PROBED, rows);
        boolean good = reads(parser, block, lane);
        block.rows = rows;
        return good && reads(parser, block, lane);
    }

    private boolean reads(ColumnParser parser, Block block, Lane lane) {
        bad.clear();
        lane.reset(block.rows);
        parser.read(block, lane, bad);
        return bad.isEmpty();
    }
}

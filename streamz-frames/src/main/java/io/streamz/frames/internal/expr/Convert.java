package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * A cast. Floats and decimals become integers towards zero, decimals lose digits half to even, times go down to a coarser
 * unit, integers stand for a count of units. What does not fit is an error when strict, else null.
 */
final class Convert extends BoundExpr {
    private final BoundExpr arg;
    private final DataType from;
    private final DataType to;
    private final Node.Cast node;
    private final Lane out;
    private boolean fits;

    Convert(BoundExpr arg, Node.Cast node) {
        super(node.type());
        this.arg = arg;
        this.from = arg.type();
        this.to = node.type();
        this.node = node;
        this.out = to.kind().lane();
    }

    @Override
    Lane compute(Columns in) {
        Lane lane = arg.operand(in);
        int rows = lane.size();
        out.reset(rows);
        Bits.inherit(out, lane);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        for (int row = 0; row < rows; row++) {
            if (!lane.isNull(row)) {
                fits = true;
                convert(lane, row);
                if (!fits) {
                    refuse(lane, row);
                }
            }
        }
        return out;
    }

    private void refuse(Lane lane, int row) {
        if (node.strict()) {
            throw Faults.cast(node, to, row, ValueText.of(lane, row, from));
        }
        out.setNull(row);
    }

    private void convert(Lane lane, int row) {
        if (out instanceof LongLane longs) {
            longs.values()[row] = toLong(lane, row);
        } else if (out instanceof DoubleLane doubles) {
            double value = toDouble(lane, row);
            double narrow = to.bits() == 32 ? (float) value : value;
            fits &= Double.isInfinite(narrow) == Double.isInfinite(value);
            doubles.values()[row] = narrow;
        } else if (out instanceof WideLane wide) {
            toWide(lane, row, wide);
        } else {
            TextLane text = (TextLane) out;
            byte[] bytes = from.kind() == Kind.TEXT
                    ? ((TextLane) lane).text(row).getBytes(StandardCharsets.UTF_8)
                    : ValueText.of(lane, row, from).getBytes(StandardCharsets.UTF_8);
            text.set(row, bytes, 0, bytes.length);
        }
    }

    private long toLong(Lane lane, int row) {
        if (lane instanceof LongLane longs) {
            return narrowed(counted(longs.values()[row]));
        }
        if (lane instanceof DoubleLane doubles) {
            double value = doubles.values()[row];
            fits = value >= -0x1p63 && value < 0x1p63;
            return narrowed((long) value);
        }
        if (lane instanceof WideLane wide) {
            BigInteger whole = Wide.big(wide, row).divide(Wide.bigTen(from.scale()));
            fits = whole.bitLength() < Long.SIZE;
            return narrowed(whole.longValue());
        }
        return read(((TextLane) lane).text(row));
    }

    /** The value in the unit that is asked for. */
    private long counted(long value) {
        if (from.kind() == Kind.INT || to.kind() == Kind.INT || !to.kind().isTime()) {
            return value;
        }
        long source = Constants.perDay(from);
        long target = Constants.perDay(to);
        if (to.kind() == Kind.TIME && from.kind() == Kind.TIMESTAMP) {
            return rescaled(Math.floorMod(value, source), source, target);
        }
        return rescaled(value, source, target);
    }

    private long rescaled(long value, long source, long target) {
        if (target <= source) {
            return Math.floorDiv(value, source / target);
        }
        long factor = target / source;
        fits = Math.multiplyHigh(value, factor) == value * factor >> 63;
        return value * factor;
    }

    private long narrowed(long value) {
        switch (to.kind()) {
            case BOOL -> {
                return value == 0 ? 0 : 1;
            }
            case INT -> fits &= value << 64 - to.bits() >> 64 - to.bits() == value;
            case TIME -> fits &= value >= 0 && value < Constants.perDay(to);
            default -> {}
        }
        return value;
    }

    private long read(String text) {
        if (to.kind() == Kind.BOOL) {
            fits = text.equals("true") || text.equals("false");
            return text.equals("true") ? 1 : 0;
        }
        if (to.kind() == Kind.INT) {
            fits = text.matches("-?[0-9]{1,400}") && new BigInteger(text).bitLength() < Long.SIZE;
            return fits ? narrowed(Long.parseLong(text)) : 0;
        }
        Constant moment = Literals.read(text, to);
        Constant inUnit = moment == null ? null : Constants.inUnitOf(moment, to);
        fits = inUnit != null;
        return fits ? inUnit.asLong() : 0;
    }

    private double toDouble(Lane lane, int row) {
        if (lane instanceof LongLane longs) {
            return longs.values()[row];
        }
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        if (lane instanceof WideLane wide) {
            return Wide.toDouble(wide.high()[row], wide.low()[row], from.scale());
        }
        String text = ((TextLane) lane).text(row);
        boolean number = text.matches("-?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
        fits = number || text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
        double value = fits ? Double.parseDouble(text) : 0;
        fits &= !number || !Double.isInfinite(value);
        return value;
    }

    private void toWide(Lane lane, int row, WideLane target) {
        BigDecimal value = decimal(lane, row);
        if (value == null) {
            fits = false;
            return;
        }
        boolean exact = lane instanceof TextLane && value.stripTrailingZeros().scale() > to.scale();
        BigInteger unscaled = value.setScale(to.scale(), RoundingMode.HALF_EVEN).unscaledValue();
        fits = !exact && Wide.fits(unscaled, to.precision());
        Wide.set(target, row, unscaled);
    }

    private BigDecimal decimal(Lane lane, int row) {
        if (lane instanceof LongLane longs) {
            return BigDecimal.valueOf(longs.values()[row]);
        }
        if (lane instanceof DoubleLane doubles) {
            double value = doubles.values()[row];
            return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
        }
        if (lane instanceof WideLane wide) {
            return new BigDecimal(Wide.big(wide, row), from.scale());
        }
        String text = ((TextLane) lane).text(row);
        return text.matches("-?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})") ? new BigDecimal(text) : null;
    }
}

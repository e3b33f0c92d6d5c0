package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.IdentityFlowProcessorVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterClass;

/** The technology compatibility kit of Reactive Streams, which is written for TestNG. */
@Timeout(300)
final class TckTest {
    /** How long a signal is waited for: on a busy machine a thread may be long in coming. */
    private static final int WAIT_MILLIS = 2_000;

    private static final int QUIET_MILLIS = 100;

    private static void verify(Class<?> verification) {
        var listener = new TestListenerAdapter();
        var kit = new TestNG(false);
        kit.setUseDefaultListeners(false);
        kit.setVerbose(0);
        kit.setTestClasses(new Class<?>[] {verification});
        kit.addListener(listener);
        kit.run();
        assertThat(listener.getFailedTests())
                .extracting(result -> result.getName() + ": " + result.getThrowable())
                .isEmpty();
        assertThat(listener.getConfigurationFailures()).isEmpty();
        assertThat(listener.getPassedTests()).extracting(ITestResult::getName).hasSizeGreaterThan(10);
    }

    @Test
    void aStreamIsAPublisher() {
        verify(Publisher.class);
    }

    @Test
    void aSourceIsASubscriber() {
        verify(Subscriber.class);
    }

    @Test
    void aProcessorIsBoth() {
        verify(Processor.class);
    }

    /** A pipeline that reads so many numbers is started by the subscription. */
    static Flow.Publisher<Long> numbers(long count) {
        return subscriber -> {
            Pipeline pipeline = Pipeline.create("tck");
            Iterable<Long> numbers = () -> LongStream.range(0, count).iterator();
            pipeline.<Long>read(Sources.of(numbers)).toPublisher().subscribe(subscriber);
            pipeline.start();
        };
    }

    /** A publisher that fails at once. */
    static Flow.Publisher<Long> failed() {
        return subscriber -> {
            var source = DataStream.of(Long.class);
            Flow.Publisher<Long> publisher = source.toPublisher();
            source.destroy();
            publisher.subscribe(subscriber);
        };
    }

    /** See {@link #aStreamIsAPublisher}. */
    public static final class Publisher extends FlowPublisherVerification<Long> {
        /** Made by TestNG. */
        public Publisher() {
            super(new TestEnvironment(WAIT_MILLIS, QUIET_MILLIS));
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            return numbers(elements);
        }

        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            return failed();
        }
    }

    /** See {@link #aSourceIsASubscriber}. */
    public static final class Subscriber extends FlowSubscriberBlackboxVerification<Long> {
        /** Made by TestNG. */
        public Subscriber() {
            super(new TestEnvironment(WAIT_MILLIS, QUIET_MILLIS));
        }

        @Override
        public Flow.Subscriber<Long> createFlowSubscriber() {
            return new PublisherSource<>(null, 16);
        }

        @Override
        public Long createElement(int element) {
            return (long) element;
        }
    }

    /** See {@link #aProcessorIsBoth}. */
    public static final class Processor extends IdentityFlowProcessorVerification<Long> {
        private final ExecutorService executor = Executors.newFixedThreadPool(4);

        /** Made by TestNG. */
        public Processor() {
            super(new TestEnvironment(WAIT_MILLIS, QUIET_MILLIS), 500);
        }

        @Override
        protected Flow.Processor<Long, Long> createIdentityFlowProcessor(int bufferSize) {
            return Pipeline.processor("tck-processor", bufferSize, stream -> stream.map(x -> x));
        }

        @Override
        protected Flow.Publisher<Long> createFailedFlowPublisher() {
            return failed();
        }

        @Override
        public ExecutorService publisherExecutorService() {
            return executor;
        }

        @Override
        public Long createElement(int element) {
            return (long) element;
        }

        /** Ends the threads that the kit was given. */
        @AfterClass
        public void shutDown() {
            executor.shutdown();
        }
    }
}

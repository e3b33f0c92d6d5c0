import * as echarts from 'echarts/core';
import { LineChart, BarChart, ScatterChart, CandlestickChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, LegendComponent, TitleComponent, DataZoomInsideComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
echarts.use([LineChart, BarChart, ScatterChart, CandlestickChart, GridComponent, TooltipComponent, LegendComponent, TitleComponent, DataZoomInsideComponent, CanvasRenderer]);
export { init, getInstanceByDom } from 'echarts/core';
